import { examine } from '../../testing/examine.ts'
import { httpHeaders } from './headers.ts'

examine(httpHeaders, {
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
    'there is no policy': {
      change: (f) => {
        f.page.headers = Object.fromEntries(
          Object.entries(f.page.headers).filter(([name]) => name !== 'content-security-policy'),
        )
      },
      says: 'policy-missing',
    },
    'inline scripts are allowed': {
      change: (f) => {
        f.page.headers = {
          ...f.page.headers,
          'content-security-policy': "script-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
        }
      },
      says: 'policy-open',
    },
    'scripts of any host are allowed': {
      change: (f) => {
        f.page.headers = { ...f.page.headers, 'content-security-policy': "script-src *; frame-ancestors 'none'" }
      },
      says: 'policy-open',
    },
    'the policy says nothing of scripts': {
      change: (f) => {
        f.page.headers = { ...f.page.headers, 'content-security-policy': "frame-ancestors 'none'" }
      },
      says: 'policy-open',
    },
    'content types are guessed': {
      change: (f) => {
        f.page.headers = Object.fromEntries(
          Object.entries(f.page.headers).filter(([name]) => name !== 'x-content-type-options'),
        )
      },
      says: 'sniff-missing',
    },
    'anybody may frame the page': {
      change: (f) => {
        f.page.headers = { ...f.page.headers, 'content-security-policy': "default-src 'self'" }
      },
      says: 'frame-missing',
    },
    'the referrer is given away': {
      change: (f) => {
        f.page.headers = { ...f.page.headers, 'referrer-policy': 'unsafe-url' }
      },
      says: 'referrer-missing',
    },
    'the server names its version': {
      change: (f) => {
        f.page.headers = { ...f.page.headers, server: 'nginx/1.22.1' }
      },
      says: 'version-shown',
    },
    'the framework names its version': {
      change: (f) => {
        f.page.headers = { ...f.page.headers, 'x-powered-by': 'PHP/8.2.1' }
      },
      says: 'version-shown',
    },
  },
})
