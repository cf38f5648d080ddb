"""What the two ends of the protocol agree on by name: commands, and kinds of code action."""

RUN = "vkd.run"
SHOW_MESSAGE = "vkd.showMessage"
MESSAGE = "vkd.message"
COPY_MESSAGE = "vkd.copyMessage"
WHY = "vkd.why"
PROFILES = "vkd.profiles"
DATA = "vkd.data"
SHOW_DATA = "vkd.showData"
CHECK_DATA = "vkd.checkData"
CATALOGUE = "vkd.catalogue"
DESCRIBE = "vkd.describe"
SHOW_STATUS = "vkd.showStatus"
REBUILD = "vkd.rebuild"

QUICK_FIX = "quickfix"
SOURCE = "source"
FIX_ALL = "source.fixAll.vkd"
ORGANIZE = "source.organize.vkd"

ADVERTISED_ACTIONS = (QUICK_FIX, "refactor.rewrite", "refactor.move", SOURCE, FIX_ALL, ORGANIZE)
"""The kinds that a client is told of beforehand; those it does not name are below one of them."""
