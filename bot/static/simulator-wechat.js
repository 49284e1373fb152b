/* A stand-in for WeChat's script on pages (jweixin): signatures are checked, the tag shows its button,
   and a sheet slides up from below. Only for the demonstration and the tests. */
(function () {
  'use strict';
  var ready = [], failed = [], state = '';

  function post(path, body) {
    return fetch('/simulator/script/' + path, {
      method: 'POST', credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body)
    }).then(function (answer) { if (!answer.ok) { throw new Error(answer.status); } return answer.json(); });
  }

  function later(list, done) { if (state) { done(); } else { list.push(done); } }

  // As with the real one, `ready` is called after a failure as well.
  function end(result) {
    state = result;
    if (result === 'fail') { failed.forEach(function (one) { one({ errMsg: 'config:invalid signature' }); }); }
    ready.forEach(function (one) { one(); });
  }

  window.wx = {
    ready: function (done) { later(ready, done); },
    error: function (done) { if (state !== 'ok') { later(failed, done); } },
    config: function (options) {
      post('config', {
        timestamp: options.timestamp, nonceStr: options.nonceStr, signature: options.signature,
        path: location.pathname + location.search
      }).then(function (answer) {
        if (answer.ok && options.openTagList.indexOf('wx-open-subscribe') >= 0) {
          customElements.define('wx-open-subscribe', Subscribe);
        }
        end(answer.ok ? 'ok' : 'fail');
      }, function () { end('fail'); });
    }
  };

  function Subscribe() {
    var tag = Reflect.construct(HTMLElement, [], Subscribe);
    var root = tag.attachShadow({ mode: 'open' });
    root.addEventListener('click', function () { ask(tag); });
    return tag;
  }
  Subscribe.prototype = Object.create(HTMLElement.prototype);
  Subscribe.prototype.connectedCallback = function () {
    this.style.display = 'block';
    var parts = this.querySelectorAll('template');
    this.shadowRoot.textContent = '';
    for (var i = 0; i < parts.length; i += 1) { this.shadowRoot.appendChild(parts[i].content.cloneNode(true)); }
  };

  function ask(tag) {
    fetch('/simulator/script/sheet').then(function (answer) { return answer.text(); }).then(function (html) {
      var host = document.createElement('div');
      var sheet = host.attachShadow({ mode: 'open' });
      sheet.innerHTML = html;
      document.body.appendChild(host);
      sheet.querySelector('button').focus();
      sheet.addEventListener('click', function (event) {
        var status = event.target.getAttribute && event.target.getAttribute('data-status');
        if (status) { close(tag, host, status); }
      });
      sheet.addEventListener('keydown', function (event) { if (event.key === 'Escape') { close(tag, host, 'reject'); } });
    });
  }

  function close(tag, host, status) {
    document.body.removeChild(host);
    var template = tag.getAttribute('template');
    post('answer', { template: template, status: status }).then(function () {
      var details = {};
      details[template] = JSON.stringify({ status: status === 'accept' ? 'accept' : 'cancel' });
      tell(tag, 'success', { errMsg: 'subscribe:ok', subscribeDetails: JSON.stringify(details) });
    }, function () { tell(tag, 'error', { errMsg: 'subscribe:fail', errCode: 10003 }); });
  }

  function tell(tag, name, detail) { tag.dispatchEvent(new CustomEvent(name, { detail: detail })); }
}());
