-- The window that shows reference messages: one below the demand, used again for each message. The cursor stays where it was.
local M = {}

---How many documents the server has had shown; `vkd.show_message` compares it to know whether there is one already.
M.count = 0

---Handler of window/showDocument. The server writes a reference message to a file in .vkd/ for a client without virtual
---documents; that file opens in the message window, all else as Neovim does it.
function M.show_document(err, params, context, config)
  local message = not params.external and params.uri:match('^file:.*/%.vkd/.*%.md$')
  if not message then
    return vim.lsp.handlers['window/showDocument'](err, params, context, config)
  end
  M.count = M.count + 1
  local buffer = vim.fn.bufadd(vim.uri_to_fname(params.uri))
  vim.fn.bufload(buffer)
  vim.api.nvim_buf_call(buffer, function()
    -- A demand that is run again has a new message under the same name.
    vim.cmd('silent edit!')
  end)
  M.show(buffer)
  return { success = true }
end

---Shows a message's text in a buffer without a file.
---@param text string
function M.show_text(text)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, vim.split(text, '\n'))
  vim.bo[buffer].bufhidden = 'wipe'
  M.show(buffer)
end

---@param buffer integer
function M.show(buffer)
  vim.bo[buffer].buflisted = false
  vim.bo[buffer].filetype = 'markdown'
  vim.bo[buffer].modifiable = false
  if M.window and vim.api.nvim_win_is_valid(M.window) then
    vim.api.nvim_win_set_buf(M.window, buffer)
    return
  end
  M.window = vim.api.nvim_open_win(buffer, false, { split = 'below', height = math.floor(vim.o.lines / 2) })
  vim.wo[M.window].wrap = true
  vim.wo[M.window].conceallevel = 2
end

return M
