import { randomBytes, timingSafeEqual } from 'node:crypto';

/** What the gate looks at in a request. */
export interface Knock {
  readonly method: string;
  /** As it came over the wire: not yet normalised. */
  readonly target: string;
  readonly header: (name: string) => string | undefined;
}

/** What the gate says: come in, be refused with a status, or enter by the launch ticket. */
export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'launched'; readonly cookie: string }
  | { readonly kind: 'handover' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string };

/** Guards the loopback port, which every program and every web page on this machine can knock at. */
export interface Gate {
  readonly admit: (knock: Knock) => Admission;
  /** A ticket for one browser start: valid once, for a minute. */
  readonly issueTicket: () => string;
  /** What a second start of the app must present to be taken over. */
  readonly handoverSecret: string;
}

const ticketLifeMs = 60_000;

function refused(status: number, code: string, message: string): Admission {
  return { kind: 'refused', status, code, message };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The gate of a server on `port`; `now` in ms. */
export function createGate(port: number, now: () => number): Gate {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  // Cookies are shared by all ports of a host: the port is in the name, so that two hosts do not overwrite each other's.
  const cookieName = `remnant-${port}`;
  const session = randomBytes(16).toString('hex');
  const handoverSecret = randomBytes(16).toString('hex');
  const tickets = new Map<string, number>();

  const hasSession = (cookies: string) =>
    cookies.split(';').some((cookie) => {
      const [name = '', value = ''] = cookie.trim().split('=');
      return name === cookieName && same(value, session);
    });

  const admit = ({ method, target, header }: Knock): Admission => {
    // A name that resolves to 127.0.0.1 (DNS rebinding) betrays itself in Host.
    if (header('host') !== host) return refused(421, 'wrong_host', 'This address is not served here.');
    if (isTraversal(target)) return refused(400, 'bad_path', 'This address leads out of the app.');

    if (method === 'POST' && target === '/handover') {
      const secret = header('x-remnant-handover') ?? '';
      const fromPage = header('origin') !== undefined || header('sec-fetch-site') !== undefined;
      if (fromPage || !same(secret, handoverSecret)) return refused(403, 'wrong_secret', 'This is not the same app.');
      return { kind: 'handover' };
    }

    const from = header('origin');
    const site = header('sec-fetch-site');
    const writes = method !== 'GET' && method !== 'HEAD';
    if ((from !== undefined || writes) && from !== origin) {
      return refused(403, 'foreign_origin', 'Another page may not use this app.');
    }
    // "none" is the user's own navigation, as at launch; a browser without this header is caught by Origin and cookie.
    if (site !== undefined && site !== 'same-origin' && (site !== 'none' || writes)) {
      return refused(403, 'foreign_site', 'Another page may not use this app.');
    }

    const [path, query = ''] = target.split('?');
    if (path === '/launch' && method === 'GET') {
      const ticket = new URLSearchParams(query).get('ticket') ?? '';
      const issued = tickets.get(ticket);
      tickets.delete(ticket);
      if (issued === undefined || now() - issued > ticketLifeMs) {
        return refused(403, 'ticket_used', 'This launch link was used already. Start Remnant again.');
      }
      return { kind: 'launched', cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/` };
    }
    if (!hasSession(header('cookie') ?? '')) {
      return refused(401, 'not_launched', 'Start Remnant to open this page.');
    }
    return { kind: 'admitted' };
  };

  const issueTicket = () => {
    const ticket = randomBytes(16).toString('hex');
    tickets.set(ticket, now());
    return ticket;
  };
  return { admit, issueTicket, handoverSecret };
}

/** Whether a request target, as it came, tries to climb; URL parsers would silently normalise it. */
export function isTraversal(target: string): boolean {
  const path = target.split('?')[0] ?? '';
  return !path.startsWith('/') || /(^|\/|\\|%2f|%5c)(\.|%2e){2}(\/|\\|%2f|%5c|$)/i.test(path);
}
