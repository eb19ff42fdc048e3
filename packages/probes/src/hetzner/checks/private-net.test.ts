import { examine } from '../../testing/examine.ts'
import { database, loadBalancer, server } from '../samples.ts'
import { hzPrivateNet } from './private-net.ts'

examine(hzPrivateNet, {
  good: { servers: [server(), database()], loadBalancers: [loadBalancer()] },
  bad: {
    'the database server has a public address': {
      change: (f) => {
        f.servers = [database({ public: true })]
      },
      says: 'public',
    },
    'a public load balancer leads to it': {
      change: (f) => {
        f.loadBalancers = [loadBalancer({ servers: [12] })]
      },
      says: 'balanced',
    },
    'another label names it': {
      change: (f) => {
        f.servers = [server({ labels: { tier: 'data' } }), database()]
      },
      says: 'public',
      parameters: { databaseLabels: ['tier=data', 'role=db'] },
    },
  },
  told: {
    'the database server is in no network at all': {
      change: (f) => {
        f.servers = [database({ networks: [] })]
      },
      says: 'alone',
    },
  },
  empty: {
    'no server bears the label': (f) => {
      f.servers = [server()]
    },
  },
})
