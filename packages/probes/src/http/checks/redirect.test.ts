import { examine } from '../../testing/examine.ts'
import { httpRedirect } from './redirect.ts'

examine(httpRedirect, {
  good: {
    plain: {
      answer: 'redirect',
      status: 301,
      leadsTo: { scheme: 'https', host: 'www.example.com' },
      host: 'example.com',
    },
  },
  bad: {
    'it serves content': {
      change: (f) => {
        f.plain = { ...f.plain, answer: 'content', status: 200, leadsTo: null }
      },
      says: 'content',
    },
    'it redirects temporarily': {
      change: (f) => {
        f.plain.status = 302
      },
      says: 'temporary',
    },
    'it leads to plain http': {
      change: (f) => {
        f.plain.leadsTo = { scheme: 'http', host: 'www.example.com' }
      },
      says: 'elsewhere',
    },
    'it leads to another host': {
      change: (f) => {
        f.plain.leadsTo = { scheme: 'https', host: 'login.example.net' }
      },
      says: 'elsewhere',
    },
  },
})
