import { z } from 'zod'
import { host } from '../host/connector.ts'
import type { Connector } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { computerFacts } from './facts.ts'
import type { ComputerFacts } from './facts.ts'
import { computerIdPattern } from './identity.ts'

const settings = z.object({
  computer: field(z.string().regex(computerIdPattern), {
    label: { en: 'Id of the computer', de: 'Kennung des Rechners' },
    help: {
      en: 'It prints it itself: art32 collect host --id, or sh collect-host.sh --id',
      de: 'Er gibt sie selbst aus: art32 collect host --id oder sh collect-host.sh --id',
    },
  }),
})

/** A laptop or workstation that sends its own facts, since nothing from outside can look into it. */
export const computer = {
  id: 'computer',
  title: { en: 'Computer that sends its facts', de: 'Rechner, der seine Beobachtungen sendet' },
  about: {
    en: 'Laptops and workstations: disk encryption, screen lock, firewall, virus scanner, updates and accounts, sent by the computer itself or read from an export of osquery or Intune. The Windows and macOS collectors have never run on a real Windows or macOS.',
    de: 'Laptops und Arbeitsplätze: Datenträgerverschlüsselung, Bildschirmsperre, Firewall, Virenscanner, Aktualisierungen und Konten, vom Rechner selbst gesendet oder aus einem Export von osquery oder Intune. Die Sammler für Windows und macOS liefen nie auf einem echten Windows oder macOS.',
  },
  settings,
  facts: computerFacts,
  history: host.history,
  needs: [
    {
      privilege: 'API token that may only send facts (facts:push)',
      reason: {
        en: 'The computer sends by it. Whoever finds it on a stolen laptop can send facts of computers, and nothing else.',
        de: 'Damit sendet der Rechner. Wer es auf einem gestohlenen Laptop findet, kann Beobachtungen von Rechnern senden und sonst nichts.',
      },
    },
    {
      privilege: 'root or administrator on the computer, for some facts',
      reason: {
        en: 'Linux: firewall, empty passwords, sshd. macOS: network time. Windows: BitLocker. Without it these are not evaluated, with the reason; all else is looked at.',
        de: 'Linux: Firewall, leere Passwörter, sshd. macOS: Netzwerkzeit. Windows: BitLocker. Ohne dieses Recht werden sie mit Grund nicht bewertet; alles andere wird angesehen.',
      },
    },
  ],
  sends: true,
  address: ({ computer: id }) => id,
  collect: () =>
    Promise.reject(new Unreadable('not-configured', 'this computer sends its facts itself; nobody can fetch them')),
} satisfies Connector<typeof settings, ComputerFacts>
