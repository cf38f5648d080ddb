-- Turns the server on, and for its buffers inlay hints and code lenses. Set vim.g.vkd before this runs to leave something out:
--   vim.g.vkd = { enable = false, inlay_hints = false, code_lens = false, server_command = { '/home/me/vkd/.venv/bin/vkd' } }
if vim.g.loaded_vkd or not vim.lsp.enable then
  return
end
vim.g.loaded_vkd = true
local options = vim.g.vkd or {}

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('vkd', {}),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'vkd' then
      require('vkd').attach(client, event.buf, options)
    end
  end,
})

if options.enable ~= false then
  vim.lsp.enable('vkd')
end
