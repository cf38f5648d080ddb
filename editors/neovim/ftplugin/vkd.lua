-- Buffer settings and commands of a description file.
if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.comments = ':#'
vim.bo.commentstring = '# %s'
-- A description's columns are aligned with blanks.
vim.bo.expandtab = true
vim.wo.wrap = false

local command = function(name, run, desc, arguments)
  vim.api.nvim_buf_create_user_command(0, name, run, { desc = desc, nargs = arguments or 0 })
end
command('VkdMessage', function()
  require('vkd').message()
end, 'Show the reference message of the demand at the cursor')
command('VkdCopy', function()
  require('vkd').copy()
end, 'Copy the reference message of the demand at the cursor as Markdown')
command('VkdStatus', function()
  require('vkd').status()
end, 'Show how the server is doing')
command('VkdRun', function()
  require('vkd').run()
end, 'Run every demand in the file and list them with what was found')
command('VkdWhy', function(call)
  require('vkd').why(call.args)
end, 'Say why a product is not among the answers to the demand at the cursor', 1)
command('VkdRebuild', function()
  require('vkd').rebuild()
end, 'Read the catalogue anew')

-- With vim.g.vkd.parser, the grammar's library, colours and text objects come from tree-sitter, by the grammar's own queries.
local parser = (vim.g.vkd or {}).parser
if parser and vim.treesitter.language.add('vkd', { path = parser }) then
  require('vkd.queries').load()
  vim.treesitter.start(0, 'vkd')
end

vim.b.undo_ftplugin = table.concat({
  'setlocal comments< commentstring< expandtab< wrap<',
  'silent! delcommand -buffer VkdMessage',
  'silent! delcommand -buffer VkdCopy',
  'silent! delcommand -buffer VkdStatus',
  'silent! delcommand -buffer VkdRun',
  'silent! delcommand -buffer VkdWhy',
  'silent! delcommand -buffer VkdRebuild',
}, ' | ')
