/* The phone, a little livelier: sends without reloading, shows "typing", fetches notices, keeps the
   end in view. Without this script every button still works. Written for old browsers too. */
(function () {
  'use strict';
  var form = document.getElementById('talk');
  if (!form) { return; }
  var chat = document.getElementById('chat');
  var typing = document.getElementById('typing');
  var title = document.getElementById('title');
  var text = document.getElementById('text');
  var name = title.textContent;
  var busy = 0;
  var touched = null;

  function last() {
    var all = chat.querySelectorAll('[data-entry]');
    return all.length ? all[all.length - 1].getAttribute('data-entry') : '0';
  }

  function toEnd() { chat.scrollTop = chat.scrollHeight; }

  function show(html) {
    var box = document.createElement('div');
    var pending = chat.querySelectorAll('.pending');
    box.innerHTML = html;
    if (!box.children.length) { return; }
    for (var i = 0; i < pending.length; i++) { chat.removeChild(pending[i]); }
    var known = Number(last());
    while (box.firstElementChild) {
      var node = box.removeChild(box.firstElementChild);
      // Two messages sent quickly get answers that overlap.
      if (Number(node.getAttribute('data-entry')) > known) { chat.insertBefore(node, typing); }
    }
    toEnd();
  }

  function waiting(on) {
    busy += on ? 1 : -1;
    typing.hidden = busy === 0;
    title.textContent = busy ? title.getAttribute('data-typing') : name;
    toEnd();
  }

  function ask(method, address, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, address);
    if (body) { request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded'); }
    request.onload = function () { done(request.status === 200 ? request.responseText : '', request.status); };
    request.onerror = function () { done('', 0); };
    request.send(body);
  }

  function mine(words) {
    var row = document.createElement('div');
    var bubble = document.createElement('p');
    row.className = 'row mine pending';
    bubble.className = 'bubble';
    bubble.textContent = words;
    row.innerHTML = '<img class="face" alt="">';
    var known = chat.querySelector('.mine .face');
    if (known) { row.firstChild.src = known.src; } else { row.firstChild.style.visibility = 'hidden'; }
    row.appendChild(bubble);
    chat.insertBefore(row, typing);
  }

  function closeMenus(except) {
    var open = form.querySelectorAll('details[open]');
    for (var i = 0; i < open.length; i++) {
      if (open[i] !== except) { open[i].removeAttribute('open'); }
    }
  }

  function send(field, value, shown) {
    var body = 'csrf_token=' + encodeURIComponent(form.elements.csrf_token.value) +
      '&after=' + last() + '&' + field + '=' + encodeURIComponent(value);
    if (shown) { mine(shown); }
    closeMenus(null);
    waiting(true);
    ask('POST', form.getAttribute('action'), body, function (html, status) {
      waiting(false);
      if (status === 200) { show(html); } else if (status !== 204) { window.location.reload(); }
    });
  }

  form.addEventListener('click', function (event) {
    var button = event.target;
    while (button && button !== form && button.nodeName !== 'BUTTON' && button.nodeName !== 'SUMMARY' && button.nodeName !== 'A') {
      button = button.parentNode;
    }
    if (!button || button === form) { closeMenus(null); return; }
    if (button.nodeName === 'SUMMARY') { closeMenus(button.parentNode); return; }
    if (button.className.indexOf('switch') >= 0) { event.preventDefault(); swap(); return; }
    touched = button.nodeName === 'BUTTON' ? button : null;
  });

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (touched && touched.name === 'tap') {
      send('tap', touched.value, touched.value.slice(touched.value.indexOf('|') + 1));
    } else if (touched && touched.name) {
      send(touched.name, touched.value, touched.name === 'send' ? '［' + touched.textContent.trim() + '］' : '');
    } else if (text.value.trim()) {
      send('text', text.value.trim(), text.value.trim());
      text.value = '';
    }
    touched = null;
  });

  text.addEventListener('keydown', function (event) {
    if ((event.key === 'Enter' || event.keyCode === 13) && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      document.getElementById('say').click();
    }
  });

  function swap() {
    var menu = document.getElementById('menu');
    menu.hidden = !menu.hidden;
    document.getElementById('keyboard').hidden = !menu.hidden;
    if (menu.hidden) { text.focus(); }
    toEnd();
  }

  setInterval(function () {
    if (busy || document.hidden) { return; }
    var after = last();
    ask('GET', form.getAttribute('data-news') + '?after=' + after, null, function (html) {
      if (html && !busy && after === last()) { show(html); }
    });
  }, 4000);

  window.addEventListener('resize', toEnd);
  toEnd();
}());
