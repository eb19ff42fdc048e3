import { examine } from '../../testing/examine.ts'
import { selfCookies } from './cookies.ts'

examine(selfCookies, {
  good: {
    sessions: { cookieSecure: true, cookieHttpOnly: true, cookieSameSite: 'lax', idleSeconds: 28_800 },
    web: {
      contentSecurityPolicy:
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      listens: [{ address: '127.0.0.1', port: 4132, tls: 'none' }],
    },
  },
  bad: {
    'scripts can read the cookie': {
      change: (f) => {
        f.sessions.cookieHttpOnly = false
      },
      says: 'bare',
    },
    'other sites can use it': {
      change: (f) => {
        f.sessions.cookieSameSite = 'none'
      },
      says: 'bare',
    },
    'it is not Secure on the network': {
      change: (f) => {
        f.sessions.cookieSecure = false
        f.web.listens = [{ address: '0.0.0.0', port: 443, tls: 'own' }]
      },
      says: 'bare',
    },
    'sessions last for days': {
      change: (f) => {
        f.sessions.idleSeconds = 90_000
      },
      says: 'lingers',
    },
  },
  told: {
    'it is not Secure on loopback': {
      change: (f) => {
        f.sessions.cookieSecure = false
      },
      says: 'loopback',
    },
  },
})
