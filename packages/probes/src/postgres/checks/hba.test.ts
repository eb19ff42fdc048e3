import { examine } from '../../testing/examine.ts'
import { pgHba } from './hba.ts'

examine(pgHba, {
  good: {
    hba: [
      {
        type: 'hostssl',
        databases: ['shop'],
        users: ['app'],
        address: '10.0.0.0/8',
        method: 'scram-sha-256',
        broken: false,
      },
      { type: 'local', databases: ['shop'], users: ['app'], address: null, method: 'peer', broken: false },
      {
        type: 'host',
        databases: ['shop'],
        users: ['app'],
        address: '127.0.0.1/32',
        method: 'scram-sha-256',
        broken: false,
      },
      { type: 'host', databases: ['shop'], users: ['app'], address: 'all', method: 'reject', broken: false },
    ],
  },
  bad: {
    'a rule proves nothing': {
      change: (f) => {
        f.hba.push({
          type: 'hostssl',
          databases: ['shop'],
          users: ['app'],
          address: '10.0.0.0/8',
          method: 'trust',
          broken: false,
        })
      },
      says: 'weak',
    },
    'a rule uses MD5': {
      change: (f) => {
        f.hba.push({
          type: 'hostssl',
          databases: ['shop'],
          users: ['app'],
          address: '10.0.0.0/8',
          method: 'md5',
          broken: false,
        })
      },
      says: 'weak',
    },
    'loopback proves nothing': {
      change: (f) => {
        f.hba.push({
          type: 'host',
          databases: ['shop'],
          users: ['app'],
          address: '::1/128',
          method: 'trust',
          broken: false,
        })
      },
      says: 'weak',
    },
    'TLS is not needed': {
      change: (f) => {
        f.hba.push({
          type: 'host',
          databases: ['shop'],
          users: ['app'],
          address: '10.0.0.0/8',
          method: 'scram-sha-256',
          broken: false,
        })
      },
      says: 'plain',
    },
    'TLS is forbidden': {
      change: (f) => {
        f.hba.push({
          type: 'hostnossl',
          databases: ['shop'],
          users: ['app'],
          address: '10.0.0.0/8',
          method: 'scram-sha-256',
          broken: false,
        })
      },
      says: 'plain',
    },
    'any IPv4 network may come': {
      change: (f) => {
        f.hba.push({
          type: 'hostssl',
          databases: ['shop'],
          users: ['app'],
          address: '0.0.0.0/0',
          method: 'scram-sha-256',
          broken: false,
        })
      },
      says: 'anywhere',
    },
    'any IPv6 network may come': {
      change: (f) => {
        f.hba.push({
          type: 'hostssl',
          databases: ['shop'],
          users: ['app'],
          address: '::/0',
          method: 'scram-sha-256',
          broken: false,
        })
      },
      says: 'anywhere',
    },
    'a rule cannot be read': {
      change: (f) => {
        f.hba.push({
          type: 'hostssl',
          databases: ['shop'],
          users: ['app'],
          address: '10.0.0.0/8',
          method: 'scram-sha-256',
          broken: true,
        })
      },
      says: 'broken',
    },
  },
  empty: {
    'there are no rules': (f) => {
      f.hba = []
    },
  },
})
