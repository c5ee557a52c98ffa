/* Keeps the shell of the citizens' pages: style sheets, modules, fonts and the page that says that
   nobody answers. Never an answer of the API and never a page: those may hold what somebody wrote. */

const SHELL = `shell-${VERSION}`; // the one cache of this site; VERSION is written in front by the server
const PAGE_MS = 10000; // a page that takes longer counts as not answered

self.addEventListener("install", (event) => {
  // Straight to the server: what a page sends as it is left would otherwise sometimes be lost with the page.
  if (event.addRoutes && self.URLPattern) {
    event.addRoutes({ condition: { urlPattern: new URLPattern({ pathname: "/api/*" }) }, source: "network" });
  }
  event.waitUntil(fillShell());
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers());
});

async function fillShell() {
  const { files } = await (await fetch("/shell.json", { cache: "no-store" })).json();
  const shell = await caches.open(SHELL);
  // Without cookies: the kept page is the same for everybody.
  await Promise.all(files.map(async (file) => {
    const kept = file.startsWith("/static/") ? "default" : "no-cache"; // a static address names its content
    const answer = await fetch(file, { credentials: "omit", cache: kept });
    if (answer.ok) await shell.put(file, answer);
  }));
}

async function dropOthers() {
  for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname === "/desk" || url.pathname.startsWith("/desk/")) return; // officers see their own errors
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(part(request));
  }
});

/** The page itself, or the words that nobody answers; what was posted may have come through all the
    same. A posted one gets the time it needs. */
async function page(request) {
  const late = new Promise((_, fail) => {
    if (request.method === "GET") setTimeout(() => fail(new Error("late")), PAGE_MS);
  });
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    const kept = await (await caches.open(SHELL)).match(
      request.method === "GET" ? "/offline" : "/offline/posted",
    );
    return kept || Response.error();
  }
}

/** A style sheet or module as it is now; the kept one only while nobody answers. */
async function part(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch {
    /* below */
  }
  const kept = await (await caches.open(SHELL)).match(request, { ignoreSearch: true });
  return kept || Response.error();
}
