import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseAccounts,
  parseIptables,
  parseNftables,
  parseOsRelease,
  parseSshd,
  parseUpgrades,
  parseVolumes,
  upstreamOf,
} from './parse.ts'

const lsblk = (...blockdevices: unknown[]) => JSON.stringify({ blockdevices })

describe('reading what programs print', () => {
  it('finds encryption above a volume, through partitions and logical volumes', () => {
    const text = lsblk(
      {
        name: 'nvme0n1',
        type: 'disk',
        fstype: null,
        mountpoints: [null],
        children: [
          { name: 'nvme0n1p1', type: 'part', fstype: 'vfat', mountpoints: ['/boot/efi'] },
          { name: 'nvme0n1p2', type: 'part', fstype: 'ext4', mountpoints: ['/boot'] },
          {
            name: 'nvme0n1p3',
            type: 'part',
            fstype: 'crypto_LUKS',
            mountpoints: [null],
            children: [
              {
                name: 'cryptroot',
                type: 'crypt',
                fstype: 'LVM2_member',
                mountpoints: [null],
                children: [
                  { name: 'vg-root', type: 'lvm', fstype: 'ext4', mountpoints: ['/'] },
                  { name: 'vg-swap', type: 'lvm', fstype: 'swap', mountpoints: ['[SWAP]'] },
                ],
              },
            ],
          },
        ],
      },
      { name: 'sdb', type: 'disk', fstype: 'ext4', mountpoints: ['/srv', '/srv/again'] },
      { name: 'zram0', type: 'disk', fstype: null, mountpoints: ['[SWAP]'] },
      { name: 'loop0', type: 'loop', fstype: 'squashfs', mountpoints: ['/snap/core'] },
    )
    expect(parseVolumes(text)).toEqual([
      { mount: '/', device: 'vg-root', encrypted: true },
      { mount: '/srv', device: 'sdb', encrypted: false },
      { mount: '/srv/again', device: 'sdb', encrypted: false },
      { mount: '[SWAP]', device: 'vg-swap', encrypted: true },
    ])
  })

  const chain = (family: string, policy?: string) => ({
    chain: { family, table: 'filter', name: 'input', hook: 'input', ...(policy === undefined ? {} : { policy }) },
  })
  const rule = (family: string, ...expr: object[]) => ({ rule: { family, table: 'filter', chain: 'input', expr } })
  const nft = (...nftables: object[]) => JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6' } }, ...nftables] })
  it.each([
    ['policy drop for both families', nft(chain('inet', 'drop')), true],
    ['policy accept', nft(chain('inet', 'accept')), false],
    [
      'a last rule that drops all',
      nft(
        chain('inet', 'accept'),
        rule('inet', { match: {} }, { accept: null }),
        rule('inet', { counter: null }, { drop: null }),
      ),
      true,
    ],
    ['a last rule that drops some', nft(chain('inet', 'accept'), rule('inet', { match: {} }, { drop: null })), false],
    ['IPv4 alone', nft(chain('ip', 'drop')), false],
    ['IPv4 and IPv6 apart', nft(chain('ip', 'drop'), chain('ip6', 'drop')), true],
    ['no rules', nft(), false],
    [
      'another hook',
      nft({ chain: { family: 'inet', table: 'filter', name: 'forward', hook: 'forward', policy: 'drop' } }),
      false,
    ],
  ])('reads nftables with %s', (_name, text, expected) => expect(parseNftables(text)).toBe(expected))

  it.each([
    ['-P INPUT DROP\n-A INPUT -i lo -j ACCEPT\n', true],
    ['-P INPUT ACCEPT\n-A INPUT -i lo -j ACCEPT\n-A INPUT -j REJECT --reject-with icmp-port-unreachable\n', true],
    ['-P INPUT ACCEPT\n-A INPUT -s 192.0.2.1/32 -j DROP\n', false],
    ['-P INPUT ACCEPT\n', false],
  ])('reads iptables rules %j', (text, expected) => expect(parseIptables(text)).toBe(expected))

  it('tells security updates from others by the archive', () => {
    const text =
      'Listing...\napt/oldstable-security 2.6.2 amd64 [upgradable from: 2.6.1]\nappstream/oldstable 0.16.1-2+b1 amd64 [upgradable from: 0.16.1-2]\nlibssl3/jammy-updates,jammy-security 3.0.2 amd64 [upgradable from: 3.0.1]\n\nN: There is 1 additional version.\n'
    expect(parseUpgrades(text)).toEqual({ security: ['apt', 'libssl3'], others: 1 })
    expect(parseUpgrades('Listing...\n')).toEqual({ security: [], others: 0 })
  })

  it('counts accounts, and names only those that equal root', () => {
    const passwd = 'root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/bash\n'
    const group = 'root:x:0:\nsudo:x:27:app,ops\nwheel:x:28:ops\nusers:x:100:app,guest\n'
    const shadow = 'root:*:20228:0:99999:7:::\napp::20228:0:99999:7:::\nops:!:20228::::::\n'
    expect(parseAccounts(passwd, group, shadow)).toEqual({
      rootEquivalent: ['root', 'toor'],
      administrators: 2,
      emptyPasswords: 1,
    })
  })

  it('reads the settings of sshd in force', () => {
    const text =
      'port 22\npermitrootlogin without-password\npasswordauthentication no\npermitemptypasswords no\nciphers aes256-gcm@openssh.com,aes128-cbc\nmacs hmac-sha1\nkexalgorithms curve25519-sha256\n'
    expect(parseSshd(text)).toEqual({
      installed: true,
      rootLogin: 'without-password',
      passwordLogin: false,
      algorithms: ['curve25519-sha256', 'aes256-gcm@openssh.com', 'aes128-cbc', 'hmac-sha1'],
    })
    expect(parseSshd('')).toMatchObject({ rootLogin: 'unknown', passwordLogin: true })
  })

  it('reads os-release with and without quotes', () => {
    expect(parseOsRelease('# comment\nID=debian\nVERSION_ID="13"\nNAME=\'Debian GNU/Linux\'\n')).toEqual({
      ID: 'debian',
      VERSION_ID: '13',
      NAME: 'Debian GNU/Linux',
    })
  })

  it.each([
    ['1:2.39.5-0+deb12u3', '2.39.5'],
    ['15.18-0+deb12u1', '15.18'],
    ['3.0.19-1~deb12u2', '3.0.19'],
    ['3.11.2-1+b1', '3.11.2'],
    ['2:8.2+93', '8.2'],
    ['1.22.1', '1.22.1'],
  ])('finds the version of the makers in %s', (debian, upstream) => expect(upstreamOf(debian)).toBe(upstream))

  it('gives facts or throws at foreign text, and never hangs', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        parseUpgrades(text)
        parseAccounts(text, text, text)
        parseSshd(text)
        parseOsRelease(text)
        parseIptables(text)
        upstreamOf(text)
        expect(() => parseVolumes(`${text}{`)).toThrow(SyntaxError)
        expect(() => parseNftables(`${text}{`)).toThrow(SyntaxError)
      }),
    )
  })
})
