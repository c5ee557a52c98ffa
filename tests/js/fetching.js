/* Fetches as the pages' scripts do, for the test of what may be fetched. */

const STATIC = new URL("../../kiosk_api/web/static/", import.meta.url);

export async function get(path) {
  return (await fetch(new URL(path, STATIC))).status;
}
