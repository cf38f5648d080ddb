" Buffer settings and commands of a description file.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:# commentstring=#\ %s expandtab nowrap omnifunc=ale#completion#OmniFunc

command! -buffer VkdMessage call vkd#message()
command! -buffer VkdCopy call vkd#copy()
command! -buffer VkdRun call vkd#run()
command! -buffer -nargs=1 VkdWhy call vkd#why(<q-args>)
command! -buffer VkdStatus call vkd#status()
command! -buffer VkdRebuild call vkd#rebuild()

let b:undo_ftplugin = 'setlocal comments< commentstring< expandtab< wrap< omnifunc<'
for s:name in ['Message', 'Copy', 'Run', 'Why', 'Status', 'Rebuild']
  let b:undo_ftplugin ..= ' | silent! delcommand -buffer Vkd' .. s:name
endfor
unlet s:name
