vim.filetype.add({ extension = { vkd = 'vkd' } })
