// Follows an attempt while its end is not known, copies numbers, sends a form once.
(function () {
  'use strict';
  var page = document.documentElement;
  page.classList.add('js');

  document.addEventListener('submit', function (event) {
    var button = event.target.querySelector('button.button');
    if (button.getAttribute('aria-busy')) event.preventDefault();
    button.setAttribute('aria-busy', 'true');
  });
  // A page taken back from the browser's store is as it was when it was left.
  addEventListener('pageshow', function (event) {
    if (event.persisted) location.reload();
  });

  document.addEventListener('click', function (event) {
    var button = event.target.closest('.copy');
    if (!button || !navigator.clipboard) return;
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      var words = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = words; }, 2000);
    });
  });

  var watched = document.querySelector('[data-watch]');
  if (!watched || !window.fetch) return;
  var begun = Date.now();
  var tag = '';

  function later() {
    setTimeout(look, Date.now() - begun < 60000 ? 2000 : 5000);
  }

  function look() {
    if (document.hidden) return later();
    var headers = { Accept: 'application/json' };
    if (tag) headers['If-None-Match'] = tag;
    fetch(location.href, { headers: headers, cache: 'no-store' }).then(function (answer) {
      if (answer.status === 304) return later();
      if (!answer.ok) return later();
      tag = answer.headers.get('ETag') || '';
      return answer.json().then(compare);
    }).catch(later);
  }

  function compare(facts) {
    var now = facts.attempt ? facts.attempt.status : '';
    var moved = now !== watched.dataset.watch || facts.balance !== watched.dataset.balance;
    if (moved) return location.reload();
    watched.querySelector('p').textContent = facts.attempt.message;
    later();
  }

  later();
})();
