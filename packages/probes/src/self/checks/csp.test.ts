import { examine } from '../../testing/examine.ts'
import { selfCsp } from './csp.ts'

examine(selfCsp, {
  good: {
    web: {
      contentSecurityPolicy:
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      listens: [{ address: '127.0.0.1', port: 4132, tls: 'none' }],
    },
  },
  bad: {
    'inline scripts are allowed': {
      change: (f) => {
        f.web.contentSecurityPolicy =
          "script-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
      },
      says: 'open',
    },
    'plug-ins are allowed': {
      change: (f) => {
        f.web.contentSecurityPolicy = "script-src 'self'; base-uri 'none'; frame-ancestors 'none'"
      },
      says: 'open',
    },
    'the base may be changed': {
      change: (f) => {
        f.web.contentSecurityPolicy = "script-src 'self'; object-src 'none'; frame-ancestors 'none'"
      },
      says: 'open',
    },
    'anybody may frame it': {
      change: (f) => {
        f.web.contentSecurityPolicy = "script-src 'self'; object-src 'none'; base-uri 'none'"
      },
      says: 'open',
    },
    'there is no policy': {
      change: (f) => {
        f.web.contentSecurityPolicy = ''
      },
      says: 'open',
    },
  },
})
