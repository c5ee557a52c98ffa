/* The printable receipt: print once at opening, again on the button. */

document.getElementById("print").addEventListener("click", () => print());
addEventListener("load", () => print(), { once: true });
