-- What the commands do, and what is turned on in a buffer that the server has taken up.
local message = require('vkd.message')
local M = {}

---Turns on what the server offers and Neovim leaves off by default.
---@param client vim.lsp.Client
---@param buffer integer
---@param options table vim.g.vkd
function M.attach(client, buffer, options)
  if options.inlay_hints ~= false and client:supports_method('textDocument/inlayHint') then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if options.code_lens ~= false and client:supports_method('textDocument/codeLens') then
    M.keep_lenses(buffer)
  end
end

---Keeps a buffer's code lenses current; vim.lsp.codelens.run() runs the one at the cursor.
---@param buffer integer
function M.keep_lenses(buffer)
  if vim.lsp.codelens.enable then -- Neovim 0.12 and later keeps them itself
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged', 'BufWritePost' }, {
    group = vim.api.nvim_create_augroup('vkd.lenses.' .. buffer, {}),
    buffer = buffer,
    callback = function()
      M.refresh_lenses(buffer)
    end,
  })
  M.refresh_lenses(buffer)
end

---@param buffer integer
function M.refresh_lenses(buffer)
  if not vim.lsp.codelens.enable then
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
end

---:VkdMessage. Shows the reference message of the demand at the cursor.
function M.message()
  local client = M.client()
  if client then
    local line = vim.api.nvim_win_get_cursor(0)[1] - 1
    M.show_message(client.id, { vim.uri_from_bufnr(0), line }, vim.api.nvim_get_current_buf())
  end
end

---Has the server show a reference message. When it has no document shown, the text that it answers is.
---@param client_id integer
---@param arguments any[] document URI and line, counted from 0
---@param buffer integer the demand's
function M.show_message(client_id, arguments, buffer)
  local client, before = assert(vim.lsp.get_client_by_id(client_id)), message.count
  M.execute(client, 'vkd.showMessage', arguments, function(text)
    if message.count == before and type(text) == 'string' then
      message.show_text(text)
    end
    -- Neovim 0.11 takes a lens away when it is run.
    M.refresh_lenses(buffer)
  end)
end

---Puts a reference message into the unnamed register, and on the clipboard where there is one.
---@param client_id integer
---@param arguments any[] document URI and line, counted from 0
function M.copy_message(client_id, arguments)
  M.execute(assert(vim.lsp.get_client_by_id(client_id)), 'vkd.copyMessage', arguments, function(text)
    vim.fn.setreg('"', text)
    pcall(vim.fn.setreg, '+', text)
    vim.notify('vkd: the reference message is copied')
  end)
end

---:VkdCopy. Copies the reference message of the demand at the cursor as Markdown.
function M.copy()
  local client = M.client()
  if client then
    local line = vim.api.nvim_win_get_cursor(0)[1] - 1
    M.copy_message(client.id, { vim.uri_from_bufnr(0), line })
  end
end

---:VkdStatus. Shows how the server is doing.
function M.status()
  local client, before = M.client(), message.count
  if client then
    M.execute(client, 'vkd.showStatus', {}, function(text)
      if message.count == before and type(text) == 'string' then
        message.show_text(text)
      end
    end)
  end
end

---:VkdRun. Runs every demand in the file and lists them, with what was found, in the location list.
function M.run()
  local client = M.client()
  if not client then
    return
  end
  local buffer, window = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  M.execute(client, 'vkd.run', { vim.uri_from_bufnr(buffer) }, function(answer)
    local items = vim.tbl_map(function(demand)
      return { bufnr = buffer, lnum = demand.line, col = 1, text = demand.id .. ': ' .. M.outcome(demand) }
    end, answer.demands)
    vim.fn.setloclist(window, {}, ' ', { title = 'vkd: the demands of this file', items = items })
    vim.api.nvim_win_call(window, vim.cmd.lopen)
  end)
end

---Runs one demand and says what came of it.
---@param client_id integer
---@param arguments any[] document URI and line, counted from 0
function M.run_demand(client_id, arguments)
  M.execute(assert(vim.lsp.get_client_by_id(client_id)), 'vkd.run', arguments, function(answer)
    for _, demand in ipairs(answer.demands) do
      vim.notify(('vkd: %s: %s'):format(demand.id, M.outcome(demand)))
    end
  end)
end

---:VkdWhy. Says why a product is not among the answers to the demand at the cursor.
---@param product string its identification
function M.why(product)
  local client = M.client()
  if client then
    local line = vim.api.nvim_win_get_cursor(0)[1] - 1
    M.execute(client, 'vkd.why', { vim.uri_from_bufnr(0), line, product }, function(reason)
      vim.lsp.util.open_floating_preview(vim.split(reason, '\n'), 'markdown')
    end)
  end
end

---:VkdRebuild. Has the server read the catalogue anew.
function M.rebuild()
  local client = M.client()
  if client then
    M.execute(client, 'vkd.rebuild', {}, function()
      vim.notify('vkd: the catalogue has been read anew')
    end)
  end
end

---The server of this buffer; says so when there is none.
---@return vim.lsp.Client?
function M.client()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'vkd' })[1]
  if not client then
    vim.notify('vkd: no server runs for this buffer (see :checkhealth vim.lsp)', vim.log.levels.WARN)
  end
  return client
end

---Executes a command on the server; `done` gets its result. An error is shown, and `done` is not called.
function M.execute(client, command, arguments, done)
  client:request('workspace/executeCommand', { command = command, arguments = arguments }, function(err, result)
    if err then
      vim.notify('vkd: ' .. err.message, vim.log.levels.ERROR)
    else
      done(result)
    end
  end)
end

---What one demand of vkd.run's answer came to, in words.
function M.outcome(demand)
  local count = #(demand.covers or {})
  local words = { found = count == 1 and '1 answer' or count .. ' answers', none = 'nothing found' }
  return words[demand.status] or 'not run: it has errors'
end

return M
