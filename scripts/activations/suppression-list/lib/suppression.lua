-- Why an address must not be mailed.

local lists = require "lib.lists"

local suppression = {}

local PEOPLE, DOMAINS = "suppressed.csv", "blocked-domains.csv"

local roles = lists.words("roles.csv", "role")

--- The lists and what the parameters mean; nil and a text when they make no sense.
---@param params hookline.Params
---@return table?, string?
function suppression.options(params)
  local extra = {}
  for _, item in ipairs(params.extra_domains) do
    local domain = lists.domain(item)
    if domain == nil then return nil, ("extra_domains: '%s' is no domain"):format(item) end
    extra[domain] = true
  end
  -- A line that can suppress nobody is a warning of Hookline's, or stops the run here.
  local people = hookline.lookup(PEOPLE, "address", { normalise = "email", on_bad_key = params.on_bad_line })
  local domains = hookline.lookup(DOMAINS, "domain", {
    normalise = "domain", subdomains = params.block_subdomains, on_bad_key = params.on_bad_line,
  })
  if #people < params.min_suppressed then
    return nil, ("lookups/%s has %d lines with an address, and at least %d are expected: is it the whole list? If it is, --set min_suppressed=%d"):format(
      PEOPLE, #people, params.min_suppressed, #people)
  end
  return {
    people = people, domains = domains, extra = extra, block_subdomains = params.block_subdomains,
    block_roles = params.block_roles, block_plus = params.block_plus,
  }
end

--- What is wrong with the lists, apart from single lines.
---@return string[]
function suppression.warnings(options)
  local warnings = {}
  for file, rows in hookline.sorted_pairs { [PEOPLE] = options.people, [DOMAINS] = options.domains } do
    if lists.is_example(rows) then
      warnings[#warnings + 1] = ("lookups/%s holds nothing but examples, at example.com and the like: if yours is another list, bind it in hookline.yaml"):format(
        file)
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

--- Whether a domain, or one above it, is among the extra ones.
local function is_extra(domain, options)
  if options.extra[domain] or not options.block_subdomains then return options.extra[domain] end
  domain = domain:match("%.(.+)$")
  return domain and is_extra(domain, options)
end

--- Why the domain of an address is blocked.
local function reason_against_domain(address, options)
  local row = options.domains[address]
  if row then return row.reason and "blocked domain: " .. row.reason or "blocked domain" end
  if next(options.extra) and is_extra(hookline.email.domain(address), options) then return "blocked domain: extra_domains" end
  return nil
end

--- Why an address must not be mailed; nil when it may. The reasons are few and short, so that the report can count them.
---
--- Who asked not to be mailed comes first: it is the reason that nobody may take back by a parameter.
---@param address string as hookline.email.normalise returns it
---@param options table from suppression.options
---@return string?
function suppression.reason_against(address, options)
  local plain = without_plus(address)
  if options.people[address] or (plain ~= address and options.people[plain]) then return "suppressed address" end
  local reason = reason_against_domain(address, options)
  if reason then return reason end
  if options.block_roles and roles[plain:match("^[^@]+")] then return "role address" end
  if options.block_plus and plain ~= address then return "plus address" end
  return nil
end

return suppression
