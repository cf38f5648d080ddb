autocmd BufNewFile,BufRead *.vkd setfiletype vkd
