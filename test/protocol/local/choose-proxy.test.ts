import { describe, expect, it } from 'vitest';
import { chooseProxy, readProxy } from '../../../node-core/protocol/local/choose-proxy.ts';

const hub = 'https://hub.example/model.gguf';

describe('chooseProxy', () => {
  it.each([
    ['nothing is named', hub, null, {}, null],
    [
      'the environment names one',
      hub,
      null,
      { HTTPS_PROXY: 'http://proxy.example:3128' },
      'http://proxy.example:3128/',
    ],
    ['its name is written small', hub, null, { https_proxy: 'proxy.example:3128' }, 'http://proxy.example:3128/'],
    ['it is one for all', hub, null, { ALL_PROXY: 'http://all.example' }, 'http://all.example/'],
    ['it is one for http', hub, null, { HTTP_PROXY: 'http://plain.example' }, null],
    [
      'the address is http',
      'http://hub.example/',
      null,
      { HTTP_PROXY: 'http://plain.example' },
      'http://plain.example/',
    ],
    [
      'the person names another',
      hub,
      'http://mine.example',
      { HTTPS_PROXY: 'http://proxy.example' },
      'http://mine.example/',
    ],
    ['the host is exempt', hub, 'http://mine.example', { NO_PROXY: 'a.example, hub.example' }, null],
    ['its domain is exempt', hub, 'http://mine.example', { no_proxy: '.example' }, null],
    ['its domain is exempt with a star', hub, 'http://mine.example', { no_proxy: '*.example' }, null],
    [
      'a name merely ends like it',
      'https://myhub.example/',
      'http://p.example',
      { NO_PROXY: 'hub.example' },
      'http://p.example/',
    ],
    ['another port is exempt', hub, 'http://p.example', { NO_PROXY: 'hub.example:8443' }, 'http://p.example/'],
    ['its port is exempt', hub, 'http://p.example', { NO_PROXY: 'hub.example:443' }, null],
    ['all are exempt', hub, 'http://p.example', { NO_PROXY: '*' }, null],
    ['an address of IPv6 is exempt', 'https://[2001:db8::1]/', 'http://p.example', { NO_PROXY: '2001:db8::1' }, null],
    ['it is this computer', 'http://127.0.0.1:1234/', 'http://p.example', {}, null],
    ['the proxy is none', hub, 'socks5://p.example', {}, null],
  ])('decides when %s', (_when, url, setting, environment, proxy) => {
    expect(chooseProxy(new URL(url), { setting, environment })?.href ?? null).toBe(proxy);
  });
});

describe('readProxy', () => {
  it.each(['', ' ', 'http://', 'socks5://a', 'not an address'])('takes %j for none', (text) => {
    expect(readProxy(text)).toBeNull();
  });
});
