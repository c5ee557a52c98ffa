/* Hooks for node: the pages' scripts are modules, though no package.json beside them says so. */

export async function load(url, context, next) {
  const script = url.startsWith("file:") && new URL(url).pathname.endsWith(".js");
  return next(url, script ? { ...context, format: "module" } : context);
}
