-- wrk's side: KEPT_LOAD names the request; people are drawn at random, each POST carries a command id of its own.
local kind, cookie, token = os.getenv("KEPT_LOAD"), os.getenv("KEPT_COOKIE"), os.getenv("KEPT_TOKEN")
local people = {}

function init(args)
  math.randomseed(os.time() + tonumber(tostring({}):sub(8)))
  if os.getenv("KEPT_PEOPLE") == "" then return end
  for line in io.lines(os.getenv("KEPT_PEOPLE")) do people[#people + 1] = line end
end

local function uuid()
  return (("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"):gsub("x", function() return ("%x"):format(math.random(0, 15)) end))
end

local headers = { ["Cookie"] = cookie, ["X-CSRFToken"] = token }
local saving = { ["Cookie"] = cookie, ["X-CSRFToken"] = token, ["HX-Request"] = "true", ["HX-Request-Type"] = "partial",
  ["Content-Type"] = "application/x-www-form-urlencoded" }

function request()
  if kind == "bare" then return wrk.format("GET", "/floor", headers) end
  if kind == "insert" then return wrk.format("POST", "/floor", headers) end
  if kind == "today" then return wrk.format("GET", "/", headers) end
  local person = people[math.random(#people)]
  if kind == "page" then return wrk.format("GET", "/candidates/" .. person, headers) end
  local body = "command=" .. uuid() .. "&channel=call&outcome=talked&direction=out&note=Told+her+I+ring+Friday+"
    .. math.random(1000000)
  return wrk.format("POST", "/candidates/" .. person .. "/touchpoints", saving, body)
end

local bad = 0
function response(status) if status >= 300 then bad = bad + 1 if bad == 1 then print("status " .. status) end end end
