/* A cookie that ends by itself, for what a phone has to know after its page was loaded anew: Android does that after its
   camera, WeChat when another page was opened meanwhile. It holds tokens, never a word of a person's. */

/** The value kept under `name`; "" when there is none. */
export function kept(name) {
  const [, value] = new RegExp(`(?:^|; )${name}=([\\w.-]*)`).exec(document.cookie) || [];
  return value || "";
}

/** Keep `value` for `seconds`, for the pages below `path`. Without cookies it lasts as long as the page. */
export function keep(name, value, path, seconds) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=${path}; max-age=${seconds}; samesite=strict${secure}`;
}
