import { examine } from '../../testing/examine.ts'
import { httpHsts } from './hsts.ts'

examine(httpHsts, {
  good: {
    page: {
      scheme: 'https',
      host: 'www.example.com',
      status: 200,
      hops: 0,
      firstHsts: 'max-age=31536000; includeSubDomains',
      headers: {
        'content-type': 'text/html',
        'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        server: 'nginx',
      },
    },
  },
  bad: {
    'the header is missing': {
      change: (f) => {
        f.page.firstHsts = null
      },
      says: 'missing',
    },
    'max-age is no number': {
      change: (f) => {
        f.page.firstHsts = 'includeSubDomains'
      },
      says: 'invalid',
    },
    'the period is short': {
      change: (f) => {
        f.page.firstHsts = 'max-age=31535999; includeSubDomains'
      },
      says: 'short',
    },
    'it leaves subdomains out': {
      change: (f) => {
        f.page.firstHsts = 'max-age=31536000'
      },
      says: 'host-only',
    },
    'the page is not on https': {
      change: (f) => {
        f.page = { ...f.page, scheme: 'http' }
      },
      says: 'plain',
    },
  },
})
