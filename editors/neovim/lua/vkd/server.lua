-- Finding the server.
local M = {}

---The server's command line: vim.g.vkd.server_command, else `vkd` in the workspace's .venv, else on PATH, else the module
---vkd_server of python3; nil when there is none.
---@param root string the workspace's folder
---@return string[]?
function M.command(root)
  local chosen = (vim.g.vkd or {}).server_command
  if chosen then
    return vim.list_extend(vim.deepcopy(chosen), { 'server' })
  end
  for _, program in ipairs({ vim.fs.joinpath(root, '.venv', 'bin', 'vkd'), 'vkd' }) do
    if vim.fn.executable(program) == 1 then
      return { program, 'server' }
    end
  end
  -- Looked up, not imported: that takes a fraction of the time and runs none of the module's code.
  local probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('vkd_server') is None)"
  if vim.fn.executable('python3') == 1 and vim.system({ 'python3', '-c', probe }):wait(10000).code == 0 then
    return { 'python3', '-m', 'vkd_server', 'server' }
  end
end

---The workspace of a buffer: the folder with the nearest vkd.toml above it, else with .git, else the file's own folder.
---@param buffer integer
---@return string
function M.root(buffer)
  return vim.fs.root(buffer, 'vkd.toml') or vim.fs.root(buffer, '.git') or vim.fs.dirname(vim.api.nvim_buf_get_name(buffer))
end

---Whether a buffer is a vkd.toml, one of the vocabularies that the nearest one above it names, or may be a documentation.
---@param buffer integer
---@return boolean
function M.reads(buffer)
  local name = vim.fs.normalize(vim.api.nvim_buf_get_name(buffer))
  if vim.fs.basename(name) == 'vkd.toml' then
    return true
  end
  local root = vim.fs.root(buffer, 'vkd.toml')
  local file = root and io.open(vim.fs.joinpath(root, 'vkd.toml'))
  if not file then
    return false
  end
  local text = file:read('*a')
  file:close()
  -- The server knows which of them its patterns lead to.
  if name:match('%.md$') and text:find('[documents]', 1, true) then
    return true
  end
  for path in text:gmatch('["\']([^"\'\n]+%.csv)["\']') do
    if vim.fs.normalize(vim.fs.joinpath(root, path)) == name then
      return true
    end
  end
  return false
end

-- One short line, since a longer one would make Neovim ask for a key.
function M.explain_missing()
  local message = 'vkd: server not found (.venv, PATH, python3): install vkd or set vim.g.vkd.server_command'
  vim.notify_once(message, vim.log.levels.WARN)
end

return M
