import { examine } from '../../testing/examine.ts'
import { webSecurityTxt } from './security-txt.ts'

examine(webSecurityTxt, {
  good: {
    securityTxt: {
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      contacts: 1,
      expires: ['2027-06-01T00:00:00Z'],
    },
  },
  bad: {
    'there is none': {
      change: (f) => {
        f.securityTxt.status = 404
      },
      says: 'absent',
    },
    'it is a page': {
      change: (f) => {
        f.securityTxt.contentType = 'text/html'
      },
      says: 'wrong-type',
    },
    'it has no contact': {
      change: (f) => {
        f.securityTxt.contacts = 0
      },
      says: 'no-contact',
    },
    'it has no expiry': {
      change: (f) => {
        f.securityTxt.expires = []
      },
      says: 'no-expiry',
    },
    'it has two expiries': {
      change: (f) => {
        f.securityTxt.expires = ['2027-06-01T00:00:00Z', '2027-07-01T00:00:00Z']
      },
      says: 'no-expiry',
    },
    'its expiry is no date': {
      change: (f) => {
        f.securityTxt.expires = ['soon']
      },
      says: 'no-expiry',
    },
    'it has expired': {
      change: (f) => {
        f.securityTxt.expires = ['2026-11-20T00:00:00Z']
      },
      says: 'expired',
    },
  },
  told: {
    'it is valid for years': {
      change: (f) => {
        f.securityTxt.expires = ['2029-01-01T00:00:00Z']
      },
      says: 'long',
    },
  },
})
