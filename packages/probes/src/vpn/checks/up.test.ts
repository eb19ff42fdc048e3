import { examine } from '../../testing/examine.ts'
import { vpnUp } from './up.ts'

examine(vpnUp, {
  good: {
    tunnels: [{ name: 'wg0', kind: 'wireguard' }],
    peers: [
      { tunnel: 'wg0', peer: 'a1', isDeclared: true, heardAt: '2026-11-22T11:59:00.000Z' },
      { tunnel: 'wg0', peer: 'b2', isDeclared: true, heardAt: null },
    ],
    constant: [{ peer: 'a1' }],
  },
  bad: {
    'no tunnel is up': {
      change: (f) => {
        f.tunnels = []
      },
      says: 'down',
    },
    'a peer is not declared': {
      change: (f) => {
        f.peers.push({ tunnel: 'wg0', peer: 'c3', isDeclared: false, heardAt: null })
      },
      says: 'unknown',
    },
    'another site fell silent': {
      change: (f) => {
        f.peers = f.peers.map((one) => ({ ...one, heardAt: '2026-11-22T11:00:00.000Z' }))
      },
      says: 'silent',
    },
    'another site is not set up': {
      change: (f) => {
        f.constant.push({ peer: 'z9' })
      },
      says: 'never',
    },
    'another site never connected': {
      change: (f) => {
        f.constant.push({ peer: 'b2' })
        f.peers = f.peers.map((one) => ({ ...one, heardAt: null }))
      },
      says: 'never',
    },
    'a shorter silence was promised': { change: () => undefined, says: 'silent', parameters: { maxSeconds: 30 } },
  },
})
