// WeChat's dialogue about notices. What it reports only decides which sentence is shown: the platform
// tells the service itself. Without this file the page says where the appointment is. No new syntax.
(function () {
  "use strict";
  var box = document.getElementById("consent");
  var tag = document.querySelector("wx-open-subscribe");
  if (!box || !tag || !window.wx) { return; }

  function say(what) {
    var all = box.querySelectorAll("[data-says]");
    for (var i = 0; i < all.length; i += 1) { all[i].hidden = all[i].getAttribute("data-says") !== what; }
    var asks = document.querySelectorAll("[data-asks]"); // who has agreed is not asked on
    for (var j = 0; j < asks.length; j += 1) { asks[j].hidden = what === "accept"; }
  }

  // {"TEMPLATE": "{\"status\":\"accept\"}"}: text within text, or not, as versions differ.
  function read(text) { return typeof text === "string" ? JSON.parse(text) : text || {}; }

  function answer(details) {
    var all = read(details), status = "";
    for (var id in all) {
      if (Object.prototype.hasOwnProperty.call(all, id)) {
        var one = read(all[id]).status;
        if (one === "accept" || !status) { status = one; }
      }
    }
    if (status === "accept") { return "accept"; }
    return status === "reject" || status === "cancel" ? "reject" : "error";
  }

  tag.addEventListener("success", function (event) {
    var said = "error";
    try { said = answer(event.detail.subscribeDetails); } catch (unreadable) { said = "error"; }
    say(said);
  });
  tag.addEventListener("error", function (event) {
    say(event.detail && String(event.detail.errCode) === "20004" ? "off" : "error");
  });

  // `ready` comes after a failure as well.
  var failed = false;
  function fail() { failed = true; say("elsewhere"); }
  document.addEventListener("WeixinOpenTagsError", fail);
  window.wx.error(fail);
  window.wx.ready(function () { if (!failed) { say(""); } });
  window.wx.config({
    appId: box.getAttribute("data-appid"),
    timestamp: Number(box.getAttribute("data-timestamp")),
    nonceStr: box.getAttribute("data-nonce"),
    signature: box.getAttribute("data-signature"),
    jsApiList: ["checkJsApi"], // required; this one does nothing by itself
    openTagList: ["wx-open-subscribe"]
  });
}());
