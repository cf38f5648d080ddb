-- The server's configuration, found by vim.lsp.enable('vkd') (Neovim 0.11 and later).
-- vim.lsp.config('vkd', { settings = { vkd = { ... } } }) changes it from your init.lua.
return {
  cmd = function(dispatchers, config)
    local root = config.root_dir
    return vim.lsp.rpc.start(require('vkd.server').command(root), dispatchers, { cwd = root })
  end,
  filetypes = { 'vkd', 'csv', 'toml', 'markdown' },
  -- Of tables, settings and Markdown only what a vkd.toml names is the server's. Where no server is installed none is
  -- started, and a message says what to do.
  root_dir = function(buffer, start)
    if vim.bo[buffer].filetype ~= 'vkd' and not require('vkd.server').reads(buffer) then
      return
    end
    local root = require('vkd.server').root(buffer)
    if require('vkd.server').command(root) then
      start(root)
    else
      require('vkd.server').explain_missing()
    end
  end,
  before_init = function(params, config)
    params.initializationOptions = config.settings.vkd
    params.capabilities.experimental = { clipboard = true }
  end,
  settings = {
    vkd = {
      hints = { dittos = true, codes = false, funnel = true },
      run = { onSave = false },
    },
  },
  commands = {
    -- Lenses and code actions end here.
    ['vkd.run'] = function(command, context)
      require('vkd').run_demand(context.client_id, command.arguments)
    end,
    ['vkd.copyMessage'] = function(command, context)
      require('vkd').copy_message(context.client_id, command.arguments)
    end,
    ['vkd.showMessage'] = function(command, context)
      require('vkd').show_message(context.client_id, command.arguments, context.bufnr)
    end,
  },
  handlers = {
    ['window/showDocument'] = function(...)
      return require('vkd.message').show_document(...)
    end,
  },
}
