-- Why an address must not be mailed.

local lists = require "lib.lists"

local suppression = {}

local people = lists.open("suppressed.csv", "address", lists.address)
local domains = lists.open("blocked-domains.csv", "domain", lists.domain)
local roles = lists.open("roles.csv", "role", lists.tidy)

--- What the parameters mean; nil and a text when they make no sense.
---@param params hookline.Params
---@return table?, string?
function suppression.options(params)
  local extra = {}
  for _, item in ipairs(params.extra_domains) do
    local domain = lists.domain(item)
    if domain == nil then return nil, ("extra_domains: '%s' is no domain"):format(item) end
    extra[domain] = true
  end
  local useful = people.lines - people.useless
  if useful < params.min_suppressed then
    return nil, ("lookups/%s has %d lines with an address, and at least %d are expected: is it the whole list? If it is, --set min_suppressed=%d"):format(
      people.file, useful, params.min_suppressed, useful)
  end
  return { block_roles = params.block_roles, block_plus = params.block_plus, extra_domains = extra }
end

--- What is wrong with the lists. A line that is mistyped suppresses nobody, and nobody would notice.
---@return string[]
function suppression.warnings()
  local warnings = {}
  for _, list in ipairs { people, domains } do
    if list.useless > 0 then
      warnings[#warnings + 1] = ("lookups/%s: lines that suppress nobody, because they are mistyped: %d"):format(
        list.file, list.useless)
    end
    if list.lines > 0 and list.examples == list.lines then
      warnings[#warnings + 1] = ("lookups/%s holds nothing but examples, at example.com and the like: if yours is another list, bind it in hookline.yaml"):format(
        list.file)
    end
  end
  return warnings
end

--- The address without what stands behind a plus sign: mail to `ada+shop@` reaches `ada@`.
local function without_plus(address)
  local name, domain = address:match("^([^+@]+)%+[^@]*(@.+)$")
  if name == nil then return address end
  return name .. domain
end

--- Why a domain is blocked, by itself or with a domain above it: `mail.example.net` is blocked with `example.net`.
local function reason_against_domain(domain, extra)
  while domain do
    local row = domains.find(domain)
    if row then return row.reason and "blocked domain: " .. row.reason or "blocked domain" end
    if extra[domain] then return "blocked domain: extra_domains" end
    domain = domain:match("%.(.+)$")
  end
  return nil
end

--- Why an address must not be mailed; nil when it may. The reasons are few and short, so that the report can count them.
---
--- Who asked not to be mailed comes first: it is the reason that nobody may take back by a parameter.
---@param address string as hookline.email.normalise returns it
---@return string?
function suppression.reason_against(address, options)
  local plain = without_plus(address)
  if people.find(address) or people.find(plain) then return "suppressed address" end
  local reason = reason_against_domain(hookline.email.domain(address), options.extra_domains)
  if reason then return reason end
  if options.block_roles and roles.find(plain:match("^[^@]+")) then return "role address" end
  if options.block_plus and plain ~= address then return "plus address" end
  return nil
end

return suppression
