import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HostFacts } from '../facts.ts'

export const hostDiskEncrypted = {
  id: 'host.disk-encrypted',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: { en: 'Every volume of the machine is encrypted', de: 'Jedes Volume des Rechners ist verschlüsselt' },
  why: {
    en: 'A stolen or discarded disk must not give its data away.',
    de: 'Ein gestohlener oder ausgemusterter Datenträger darf seine Daten nicht preisgeben.',
  },
  remedy: {
    en: 'Set up the machine with LUKS for all volumes and for swap; switch on BitLocker or FileVault.',
    de: 'Den Rechner mit LUKS für alle Volumes und für Swap einrichten; BitLocker oder FileVault einschalten.',
  },
  severity: 'high',
  serves: [
    { measure: 'encryption-at-rest', as: 'proves' },
    { measure: 'disk-encryption', as: 'proves' },
    { measure: 'mobile-device-management', as: 'supports' },
  ],
  params: noParams,
  reads: ['volumes'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.1', 'ISO/IEC 27001:2022 A.8.24', 'BSI SYS.3.1'],
  sources: ['https://man7.org/linux/man-pages/man8/lsblk.8.html', 'https://gitlab.com/cryptsetup/cryptsetup'],
  pitfalls: [
    'The tree of lsblk is read: a volume is encrypted when a crypt device lies above it. Tables of inventory agents are known to answer wrongly for LUKS.',
    'Swap counts: it holds what was in memory. Compressed swap in memory (zram) does not.',
    'A virtual machine cannot see whether the provider encrypts the storage beneath it: declare an exception with the evidence of the provider.',
    'BitLocker counts only where the volume is encrypted whole and its protection is on: while it is suspended, the key lies open on the disk.',
    'Encryption is only half of "full-disk encryption and password".',
  ],
  messages: {
    encrypted: { en: '{mount} is encrypted.', de: '{mount} ist verschlüsselt.' },
    plain: { en: '{mount} is not encrypted ({device}).', de: '{mount} ist nicht verschlüsselt ({device}).' },
    suspended: {
      en: '{mount} is encrypted, but its protection is suspended: the key lies on the disk.',
      de: '{mount} ist verschlüsselt, aber der Schutz ist ausgesetzt: Der Schlüssel liegt auf dem Datenträger.',
    },
  },
  judge({ volumes }) {
    return volumes.map(({ mount, device, encrypted, isSuspended }, index) => {
      if (encrypted && isSuspended === true)
        return fail(mount, `volumes.${index}.isSuspended`, 'suspended', { mount, device })
      return (encrypted ? pass : fail)(mount, `volumes.${index}.encrypted`, encrypted ? 'encrypted' : 'plain', {
        mount,
        device,
      })
    })
  },
} satisfies Check<HostFacts, 'volumes', typeof noParams>
