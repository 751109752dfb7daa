import { describe, expect, test } from 'vitest';
import { hostPort, localOf, parseAdvertised } from './bus-address.ts';

const loopback = { host: '127.0.0.1', port: 4222 };
const everywhere = { host: '0.0.0.0', port: 4222 };

describe('where spokes dial the bus', () => {
  test.each([
    ['where it listens, when nobody says another', [], loopback, '127.0.0.1:4222'],
    ['what is advertised', ['bus.example.net:443'], everywhere, 'bus.example.net:443'],
    ['with the port on which it listens, where none is said', ['bus.example.net'], everywhere, 'bus.example.net:4222'],
    ['several, with commas or one by one', ['a.net:1, b.net:2', 'c.net'], everywhere, 'a.net:1 b.net:2 c.net:4222'],
    ['an address of IPv6', ['[2001:db8::7]:4222', '[::1]'], everywhere, '[2001:db8::7]:4222 [::1]:4222'],
    ['without capitals, as names in certificates are compared', ['Bus.Example.NET'], everywhere, 'bus.example.net:4222'],
  ])('is %s', (_name, texts, listen, addresses) => {
    expect(parseAdvertised(texts, listen).map(hostPort).join(' ')).toBe(addresses);
  });

  test.each(['', 'bus.example.net:99999', 'nats://bus:4222', '0.0.0.0:4222', '[::]:4222', '[bus]:1', 'a b', 'me:pw@bus:1', '::1:4222'])(
    'is not %j, which is refused with an example',
    (text) => {
      expect(() => parseAdvertised([text], loopback)).toThrow(
        expect.objectContaining({ code: 'invalid', help: 'For example: --nats-advertise bus.example.net:4222' }) as Error,
      );
    },
  );

  test.each(['0.0.0.0', '::'])('is unknown when it listens on %s, and the refusal says what to give', (host) => {
    expect(() => parseAdvertised([], { host, port: 4223 })).toThrow(
      expect.objectContaining({ code: 'invalid', help: 'Say where clusters reach the bus: --nats-advertise HOST:4223' }) as Error,
    );
  });
});

test('this machine dials its own loopback where the bus listens on every address', () => {
  const hosts = ['0.0.0.0', '::', '10.0.0.7', '::1'];
  expect(hosts.map((host) => hostPort(localOf({ host, port: 1 })))).toEqual(['127.0.0.1:1', '[::1]:1', '10.0.0.7:1', '[::1]:1']);
});
