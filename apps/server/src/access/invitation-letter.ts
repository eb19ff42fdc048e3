import type { Role } from '../kernel/index.ts'
import type { Letter } from '../platform/index.ts'

/** The letter that carries an invitation to the address it is for. */
export function invitationLetter(
  { tenant, language }: { tenant: string; language: 'en' | 'de' },
  { name, email, role }: { name: string; email: string; role: Role | 'guest' },
  url: string,
): Letter {
  const says = {
    en: {
      subject: 'You are invited to art32',
      paragraphs: [
        `Hello ${name},`,
        `You are invited to ${role === 'guest' ? 'look at' : 'work on'} the technical and organisational measures of ${tenant}. The link works once, for at most 72 hours, and only for this mail address.`,
        'If you expected no invitation, there is nothing to do.',
      ],
      label: 'See the invitation',
    },
    de: {
      subject: 'Sie sind zu art32 eingeladen',
      paragraphs: [
        `Guten Tag ${name},`,
        `Sie sind eingeladen, ${role === 'guest' ? `die technischen und organisatorischen Maßnahmen von ${tenant} anzusehen` : `an den technischen und organisatorischen Maßnahmen von ${tenant} mitzuarbeiten`}. Der Link gilt einmal, höchstens 72 Stunden lang und nur für diese E-Mail-Adresse.`,
        'Wenn Sie keine Einladung erwartet haben, ist nichts zu tun.',
      ],
      label: 'Einladung ansehen',
    },
  }[language]
  const { subject, paragraphs, label } = says
  return { to: email, language, subject, paragraphs, action: { label, url } }
}
