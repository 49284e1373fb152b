// The screen in the hall asks for its changing part every few seconds, and says so where it gets no
// answer: an old number would send people to the wrong window. Without script the page reloads.
(function () {
  var EVERY = 5000, TOO_OFTEN = 4, failed = 0, page = document.getElementById("display");
  var audio, sound = document.getElementById("sound");
  var known = calls();
  function calls() {
    var rows = page.querySelectorAll("[data-call]"), found = {}, i;
    for (i = 0; i < rows.length; i += 1) { found[rows[i].getAttribute("data-call")] = rows[i]; }
    return found;
  }
  function put(html) {
    var name, now, called = false;
    page.innerHTML = html;
    now = calls();
    for (name in now) { if (!known[name]) { now[name].className += " fresh"; called = true; } }
    known = now;
    if (called && sound.getAttribute("aria-pressed") === "true") { chime(); }
  }
  // Two falling notes. A browser plays nothing before the page was touched, hence the button.
  function note(pitch, after) {
    var tone = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.3, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.8);
    tone.connect(volume);
    volume.connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.8);
  }
  function chime() { note(660, 0); note(523, 0.4); }
  function switchSound() {
    var on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(on));
    audio = audio || new window.AudioContext();
    if (on) { audio.resume(); chime(); }
  }
  function lost() {
    failed += 1;
    document.getElementById("lost").hidden = failed < TOO_OFTEN;
  }
  function clock() {
    var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    document.getElementById("clock").textContent = two(now.getHours()) + ":" + two(now.getMinutes());
  }
  function refresh() {
    var request = new XMLHttpRequest();
    request.open("GET", window.location.pathname);
    request.setRequestHeader("X-Live", "1");
    request.timeout = EVERY;
    request.onload = function () {
      if (request.status === 404) { window.location.reload(); return; }
      if (request.status !== 200) { lost(); return; }
      failed = -1;
      lost();
      clock();
      if (request.responseText !== page.lastHtml) { put(page.lastHtml = request.responseText); }
    };
    request.onerror = request.ontimeout = lost;
    request.send();
  }
  if (window.AudioContext) { sound.hidden = false; sound.onclick = switchSound; }
  window.setInterval(refresh, EVERY);
}());
