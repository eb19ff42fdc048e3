import { examine } from '../../testing/examine.ts'
import { hzFirewallRules } from './firewall-rules.ts'

const rule = (change: object = {}) => ({ protocol: 'tcp', from: 443, to: 443, widest4: 0, widest6: 0, ...change })
const firewall = (...inbound: ReturnType<typeof rule>[]) => ({ id: 41, name: 'front', used: true, inbound })
const icmp = { protocol: 'icmp', from: null, to: null, widest4: 0, widest6: 0 }
const office = rule({ from: 22, to: 22, widest4: 32, widest6: null })

examine(hzFirewallRules, {
  good: { firewalls: [{ ...firewall(rule(), office), inbound: [rule(), office, icmp] }] },
  bad: {
    'SSH is open to the world': {
      change: (f) => {
        f.firewalls = [firewall(rule({ from: 22, to: 22 }))]
      },
      says: 'open',
    },
    'a range holds the port of a database': {
      change: (f) => {
        f.firewalls = [firewall(rule({ from: 5000, to: 6000 }))]
      },
      says: 'open',
    },
    'only IPv6 is open': {
      change: (f) => {
        f.firewalls = [firewall(rule({ from: 22, to: 22, widest4: 32 }))]
      },
      says: 'open',
    },
    'the world is written in two halves': {
      change: (f) => {
        f.firewalls = [firewall(rule({ from: 22, to: 22, widest4: 1, widest6: null }))]
      },
      says: 'open',
    },
    'a port that was named on purpose is open': {
      change: (f) => {
        f.firewalls = [firewall(rule())]
      },
      says: 'open',
      parameters: { ports: [22, 443, 5432] },
    },
  },
  told: {
    'an open firewall is not in use': {
      change: (f) => {
        f.firewalls = [{ ...firewall(rule({ from: 22, to: 22 })), used: false }]
      },
      says: 'unused',
    },
  },
  empty: {
    'there are no firewalls': (f) => {
      f.firewalls = []
    },
  },
})
