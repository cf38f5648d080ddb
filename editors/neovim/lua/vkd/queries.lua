-- The grammar's queries, which lie beside it and not in this plugin, so that there is one of each.
local M = {}

---Has Neovim use every query of the grammar.
function M.load()
  local here = vim.uv.fs_realpath(debug.getinfo(1, 'S').source:sub(2))
  local folder = vim.fs.joinpath(vim.fs.dirname(here), '../../../../grammar/tree-sitter-vkd/queries')
  for name in vim.fs.dir(folder) do
    local file = assert(io.open(vim.fs.joinpath(folder, name)))
    vim.treesitter.query.set('vkd', vim.fn.fnamemodify(name, ':r'), file:read('*a'))
    file:close()
  end
end

return M
