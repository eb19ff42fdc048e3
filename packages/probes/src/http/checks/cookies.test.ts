import { examine } from '../../testing/examine.ts'
import { httpCookies } from './cookies.ts'

examine(httpCookies, {
  good: {
    cookies: [
      { name: '__Host-session', secure: true, httpOnly: true, sameSite: 'lax' },
      { name: 'theme', secure: true, httpOnly: true, sameSite: 'strict' },
    ],
  },
  bad: {
    'a cookie is not Secure': {
      change: (f) => {
        f.cookies = f.cookies.map((one) => ({ ...one, secure: false }))
      },
      says: 'bare',
    },
    'a cookie is not HttpOnly': {
      change: (f) => {
        f.cookies.push({ name: 'other', secure: true, httpOnly: false, sameSite: 'lax' })
      },
      says: 'bare',
    },
    'a cookie has no SameSite': {
      change: (f) => {
        f.cookies.push({ name: 'third', secure: true, httpOnly: true, sameSite: null })
      },
      says: 'bare',
    },
    'SameSite is none': {
      change: (f) => {
        f.cookies.push({ name: 'fourth', secure: true, httpOnly: true, sameSite: 'none' })
      },
      says: 'bare',
    },
    'a cookie is set twice, once bare': {
      change: (f) => {
        f.cookies.push({ name: 'theme', secure: false, httpOnly: true, sameSite: 'lax' })
      },
      says: 'bare',
    },
  },
  empty: {
    'no cookie is set': (f) => {
      f.cookies = []
    },
  },
})
