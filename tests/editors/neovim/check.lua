-- Run by `check`: arguments are the repository and an empty folder. A second Neovim is started with the plugin on its runtime path,
-- gets keys as if typed, and is asked what stands on its screen.
local root, home = arg[1], arg[2]
local demand = 'demands/eksempel-3.vkd'
local passed, failed = 0, 0
-- What a person would wait; machines that do other things as well are slow.
local seconds = 15

---The server under test: VKD_SERVER (words parted by blanks), else `vkd` of the repository's .venv, else of PATH. It is started
---through a script that notes its process id, so that its end can be seen.
local function server_command()
  local own = root .. '/.venv/bin/vkd'
  local words = vim.env.VKD_SERVER or (vim.fn.executable(own) == 1 and own) or vim.fn.exepath('vkd')
  assert(words ~= '', 'the server is not installed: no .venv/bin/vkd, no vkd on PATH, no VKD_SERVER')
  local script = home .. '/vkd'
  vim.fn.writefile({ '#!/bin/sh', ("echo $$ >>'%s/pids'"):format(home), ('exec %s "$@"'):format(words) }, script)
  vim.fn.setfperm(script, 'rwxr-xr-x')
  return { script }
end

---Starts a Neovim with a screen of its own on the demand. `options` becomes vim.g.vkd.
local function start(options, environment)
  local init = home .. '/init.lua'
  vim.fn.writefile({
    ('vim.opt.runtimepath:prepend(%q)'):format(root .. '/editors/neovim'),
    'vim.g.vkd = ' .. vim.inspect(options, { newline = ' ' }),
  }, init)
  local command = { vim.v.progpath, '--embed', '-u', init, '-i', 'NONE', '-n', demand }
  local channel = vim.fn.jobstart(command, { rpc = true, cwd = home .. '/folketelling', env = environment })
  vim.rpcrequest(channel, 'nvim_ui_attach', 140, 40, { rgb = true })
  return channel
end

local channel

---Runs Lua in the Neovim under test and answers its result.
local function inside(code, ...)
  -- At a prompt it would not answer, and this test would wait with it.
  assert(not vim.rpcrequest(channel, 'nvim_get_mode').blocking, 'Neovim waits for a key')
  return vim.rpcrequest(channel, 'nvim_exec_lua', code, { ... })
end

local function keys(text)
  vim.rpcrequest(channel, 'nvim_input', text)
end

---What the screen shows, line by line.
local function screen()
  return inside([[
    vim.cmd.redraw()
    local rows = {}
    for row = 1, vim.o.lines do
      local cells = {}
      for column = 1, vim.o.columns do
        cells[column] = vim.fn.screenstring(row, column)
      end
      rows[row] = table.concat(cells)
    end
    return table.concat(rows, '\n')
  ]])
end

local function within(time, condition)
  return vim.wait(time * 1000, condition, 100)
end

---Takes the first of several things that Neovim asks to choose from.
local function choose_first()
  local asked = within(seconds, function()
    return vim.rpcrequest(channel, 'nvim_get_mode').mode == 'c'
  end)
  keys('1<CR>')
  return asked
end

---One check: `sees` is called once, and waits itself for what takes time.
local function check(what, sees)
  local fine, seen = pcall(sees)
  if fine and seen then
    passed = passed + 1
    print('ok   Neovim: ' .. what)
  else
    failed = failed + 1
    print(('FAIL Neovim: %s: %s'):format(what, fine and 'not seen' or seen))
    if vim.env.VKD_PICTURES then
      local shown = pcall(screen) and vim.split(screen(), '\n') or { 'Neovim waits for a key' }
      vim.fn.writefile(shown, ('%s/neovim-failed-%d.txt'):format(vim.env.VKD_PICTURES, failed))
    end
  end
  io.stdout:flush()
end

---Types what ends Neovim, and sees that it ends for that reason and no other. Nothing waits for an answer: who is ending may be gone
---before it is read, and Neovim takes an answer for none where the channel is closed by then.
local function leave()
  check('Neovim ends when it is told to', function()
    vim.rpcnotify(channel, 'nvim_input', '<Esc>:qall!<CR>')
    local code = vim.fn.jobwait({ channel }, seconds * 1000)[1]
    return code == 0 or error('exit code ' .. code)
  end)
end

local function alive(pid)
  return vim.uv.kill(pid, 0) == 0
end

local function pids()
  local read, lines = pcall(vim.fn.readfile, home .. '/pids')
  return read and vim.tbl_map(tonumber, lines) or {}
end

---The colour groups of the words of a line, as the theme sees them.
local function groups(line, words)
  return inside([[
    local line, words = ...
    local text = vim.fn.getline(line)
    return vim.tbl_map(function(word)
      local column = assert(text:find(word, 1, true))
      return vim.fn.synIDattr(vim.fn.synIDtrans(vim.fn.synID(line, column, true)), 'name')
    end, words)
  ]], line, words)
end

---Puts the cursor on a word of a line.
local function go(line, word)
  inside([[
    local line, word = ...
    vim.api.nvim_win_set_cursor(0, { line, assert(vim.fn.getline(line):find(word, 1, true)) - 1 })
  ]], line, word)
end

local function codes()
  return inside([[
    return vim.tbl_map(function(diagnostic) return diagnostic.code end, vim.diagnostic.get(0))
  ]])
end

---The text of the windows other than the demand's, floats included.
local function beside()
  return inside([[
    local texts = {}
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if window ~= vim.api.nvim_get_current_win() then
        vim.list_extend(texts, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true))
      end
    end
    return table.concat(texts, '\n')
  ]])
end

local function contains(text, part)
  return text:find(part, 1, true) ~= nil
end

vim.fn.system({ 'cp', '-R', root .. '/examples/folketelling', home .. '/folketelling' })
channel = start({ server_command = server_command() })

check('the server starts and takes up the file', function()
  return within(seconds, function()
    return #pids() == 1 and inside([[return #vim.lsp.get_clients({ bufnr = 0, name = 'vkd' })]]) == 1
  end)
end)
check('five fields, five colours', function()
  local seen = groups(3, { 'Personer', 'Personreg.nov.60', 'Yrke', '19601101', 'O' })
  table.insert(seen, groups(2, { 'Etterspørselsbeskrivelse' })[1])
  local distinct = {}
  for _, group in ipairs(seen) do
    distinct[group] = true
  end
  -- The operator may look like the header's type: both are keywords.
  return not distinct[''] and vim.tbl_count(distinct) >= 5
end)
check('inlay hints tell what dittos stand for', function()
  return within(seconds, function()
    return screen():find('2 / "[^\n]*Personer') ~= nil
  end)
end)
check('hover explains a word', function()
  go(7, 'Inntekt')
  keys('K')
  return within(seconds, function()
    return contains(beside(), 'Inntekt')
  end)
end)
-- A word that stands nowhere in the file, so that only the server can know it.
check('completion inside a field', function()
  inside([[vim.api.nvim_win_set_cursor(0, { 4, 0 })]])
  keys('<Esc>')
  go(4, 'Kjønn')
  keys('cEUtd<C-x><C-o>')
  local offered = within(seconds, function()
    return inside([[
      return vim.iter(vim.fn.complete_info({ 'items' }).items):any(function(item) return item.word == 'Utdanning' end)
    ]])
  end)
  keys('<C-e><Esc>u')
  return offered
end)
check('a misspelt word is marked, with its code', function()
  go(4, 'Kjønn')
  keys('lax<Esc>')
  return within(seconds, function()
    return vim.tbl_contains(codes(), 'VKD101')
  end)
end)
check('its fix, the first offered, puts the right word there', function()
  keys('gra')
  return choose_first() and within(seconds, function()
    return inside([[return vim.fn.getline(4):find('/ Kjønn ', 1, true) ~= nil]]) and #codes() == 0
  end)
end)
check('an edit clears the mark', function()
  go(4, 'Kjønn')
  keys('ix<Esc>')
  local marked = within(seconds, function()
    return vim.tbl_contains(codes(), 'VKD101')
  end)
  keys('x')
  return marked and within(seconds, function()
    return #codes() == 0
  end)
end)
check('the first lens shows the message, the cursor stays', function()
  go(2, 'bruker')
  local count = 0
  local offered = within(seconds, function()
    count = inside([[return #vim.lsp.codelens.get(0)]])
    return count > 0
  end)
  keys(':lua vim.lsp.codelens.run()<CR>')
  if count > 1 then
    choose_first()
  end
  return offered and within(seconds, function()
    return contains(beside(), 'ft70-person') and inside([[return vim.bo.filetype]]) == 'vkd'
  end)
end)
check(':VkdMessage shows the message again, in the same window', function()
  inside([[vim.cmd.only()]])
  go(6, 'Yrke')
  keys(':VkdMessage<CR>')
  return within(seconds, function()
    return contains(beside(), 'ft70-person') and inside([[return #vim.api.nvim_tabpage_list_wins(0)]]) == 2
  end)
end)
check(':VkdRun lists the demands of the file', function()
  keys(':VkdRun<CR>')
  return within(seconds, function()
    local list = inside([[return vim.fn.getloclist(0)]])
    return #list == 1 and contains(list[1].text, 'bruker 1') and list[1].lnum == 2
  end)
end)

check(':VkdWhy says what keeps a product away', function()
  keys(':VkdWhy ft70-tabell<CR>')
  return within(seconds, function()
    return contains(beside(), 'ft70-tabell')
  end)
end)

check(':VkdStatus shows how the server is doing', function()
  keys(':VkdStatus<CR>')
  return within(seconds, function()
    return contains(beside(), 'Folketelling')
  end)
end)
check(':VkdCopy puts the message into the registers', function()
  inside([[vim.cmd.only()]])
  go(2, 'bruker')
  keys(':VkdCopy<CR>')
  return within(seconds, function()
    return contains(inside([[return vim.fn.getreg('"')]]), '# Referansemelding til bruker 1')
  end)
end)
check('rename changes the file and the vocabulary', function()
  go(7, 'Inntekt')
  keys('grn')
  local asked = within(seconds, function()
    return vim.rpcrequest(channel, 'nvim_get_mode').mode == 'c'
  end)
  keys(' før skatt<CR>')
  return asked and within(seconds, function()
    return contains(inside([[return vim.fn.getline(7)]]), 'Inntekt før skatt')
      and contains(inside([[
        local buffer = vim.fn.bufnr('vocabulary/characteristics.csv')
        return buffer < 0 and '' or table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), '\n')
      ]]), 'K6,Inntekt før skatt,')
  end)
end)

leave()
check('no server outlives the editor', function()
  return #pids() > 0 and within(seconds, function()
    return not vim.iter(pids()):any(alive)
  end)
end)

local library = home .. '/vkd.so'
local source = root .. '/grammar/tree-sitter-vkd/src'
if vim.fn.executable('cc') == 1 then
  vim.fn.system({ 'cc', '-shared', '-fPIC', '-I' .. source, source .. '/parser.c', '-o', library })
  demand = home .. '/utdanning/demands/demo.vkd'
  vim.fn.system({ 'cp', '-R', root .. '/examples/utdanning', home .. '/utdanning' })
  channel = start({ server_command = server_command(), parser = library })
  check('with the grammar, the education catalogue has colours, folds and text objects by tree-sitter', function()
    return within(seconds, function()
      return inside([[
        local found = vim.treesitter.get_captures_at_pos(0, 3, 6)
        local queries = { 'folds', 'indents', 'injections', 'locals', 'textobjects' }
        return #found > 0 and vim.iter(queries):all(function(name) return vim.treesitter.query.get('vkd', name) end)
      ]])
    end)
  end)
  check('it answers there', function()
    within(seconds, function()
      return inside([[return #vim.lsp.codelens.get(0)]]) > 0
    end)
    go(3, 'Etterspørsel')
    keys(':VkdMessage<CR>')
    return within(seconds, function()
      return contains(beside(), 'Referansemelding til Seksjon for utdanningsstatistikk')
    end)
  end)
  leave()
  demand = 'demands/eksempel-3.vkd'
end

channel = start({}, { PATH = '/nowhere' })
check('a missing server is explained', function()
  return within(seconds, function()
    return contains(inside([[return vim.api.nvim_exec2('messages', { output = true }).output]]), 'server not found')
  end)
end)
vim.fn.jobstop(channel)

print(('%d passed, %d failed'):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
