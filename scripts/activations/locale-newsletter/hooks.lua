-- Locale newsletter: everybody at the right address, in the right language.
--
-- Hookline keeps out every address without consent. Here each of them is given an address and a language, left out where
-- one of them is missing, and put into the segment of the language. The modules hold one idea each:
--   lib/addresses.lua  which of two addresses to use
--   lib/languages.lua  what a locale says, and which language somebody gets
--   lib/words.lua      what segments and messages are called, and when too many leave one

local addresses = require "lib.addresses"
local languages = require "lib.languages"
local words = require "lib.words"

-- What setup works out once a run, for every user after that.
local offer

---@type hookline.Hooks
return {
  setup = function(ctx)
    local problem
    offer, problem = languages.offer(ctx.params)
    if problem then error("locale-newsletter: " .. problem, 0) end
    hookline.log.debug("languages:", table.concat(ctx.params.languages, ", "))
  end,

  -- null where there is none: without it, the address of the mapping and an earlier language would count.
  map = function(user)
    return {
      email = addresses.pick(user.email_private, user.email_work, user.prefers) or hookline.null,
      language = languages.choose(user.locale, offer) or hookline.null,
    }
  end,

  filter = function(user)
    if user.email == nil then return false, addresses.reason_for_none(user.email_private, user.email_work) end
    if user.language == nil then return false, languages.reason_for_none(user.locale) end
    return true
  end,

  breakdown = function(user)
    return user.language
  end,

  -- "Newsletter (Français)".
  name = function(segment)
    return words.segment(segment, languages.name(segment.label))
  end,

  -- A source that has lost its locales sends everybody to the fallback.
  review = function(plan, ctx)
    local reason = words.objection(plan, ctx.params.max_leaving_percent)
    if reason then return false, reason end
    return true
  end,

  report = function(report)
    return words.summary(report)
  end,
}
