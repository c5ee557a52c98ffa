/* A page whose modules did not start says so: the browser is too old for them, or they did not arrive. Not a
   module itself, and in words that every browser reads; common.js takes the sentence away first. */

window.addEventListener("load", function () {
  // eslint-disable-next-line no-var -- const is newer than the browsers this is for
  var note = document.getElementById("not-started");
  if (note) note.hidden = false;
});
