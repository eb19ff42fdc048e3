import { examine } from '../../testing/examine.ts'
import { dnsCaa } from './caa.ts'

examine(dnsCaa, {
  good: {
    caa: [
      { domain: 'example.com', tag: 'issue', value: 'ca.example.net' },
      { domain: 'example.com', tag: 'issuewild', value: ';' },
      { domain: 'example.com', tag: 'iodef', value: 'mailto:security@example.com' },
    ],
  },
  bad: {
    'only reports are asked for': {
      change: (f) => {
        f.caa = f.caa.filter(({ tag }) => tag === 'iodef')
      },
      says: 'open',
    },
    'an undeclared authority is allowed': {
      change: (f) => {
        f.caa = [...f.caa, { domain: 'example.com', tag: 'issue', value: 'other.example.org' }]
      },
      says: 'undeclared',
      parameters: { issuers: ['ca.example.net'] },
    },
  },
  empty: {
    'there are no records': (f) => {
      f.caa = []
    },
  },
})
