import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { guestsFrom } from './guests.ts'
import { Links } from './RoomsPage.tsx'

/** Who is in a room and who is invited, for the tenant's own people. */
export function Guests({ room }: { room: RoomView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('room:write')
  const isGuest = useMay('room:ask')
  const dismissing = useChange('room.dismiss', { stale: ['room.show'] })
  if (isGuest) return null
  const { roomId, guests, invited } = room
  return (
    <section className="section" aria-labelledby="guests">
      <h2 id="guests">{t('room.guests')}</h2>
      {guests.length + invited.length === 0 ? <p className="quiet">{t('room.noGuests')}</p> : null}
      <ul className="people">
        {guests.map(({ accountId, name, email }) => (
          <li key={accountId}>
            {name} <span className="quiet">({email})</span>{' '}
            {mayWrite && room.closedAt === null ? (
              <button
                type="button"
                className="text-button"
                onClick={() => dismissing.mutate({ roomId, accountId })}
                aria-label={t('members.removeWho', { name })}
              >
                {t('members.remove')}
              </button>
            ) : null}
          </li>
        ))}
        {invited.map(({ name, email, until }) => (
          <li key={email}>
            {name} <span className="quiet">({email})</span> ·{' '}
            <span className="quiet">
              {t('members.invited')}, {t('members.until', { moment: moment(until, language) })}
            </span>
          </li>
        ))}
      </ul>
      {mayWrite && room.closedAt === null ? <InviteGuest roomId={roomId} /> : null}
    </section>
  )
}

function InviteGuest({ roomId }: { roomId: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const inviting = useChange('room.invite', { stale: ['room.show'], quiet: true, onDone: () => setText('') })
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const [guest] = guestsFrom(text)
          if (guest) inviting.mutate({ roomId, ...guest })
        }}
      >
        <TextInput
          label={t('room.inviteLabel')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={inviting.error ? sentenceOf(inviting.error, t) : undefined}
          autoComplete="off"
        />
        <Button type="submit" size="compact-sm" loading={inviting.isPending}>
          {t('members.makeLink')}
        </Button>
      </form>
      <div role="status">{inviting.data ? <Links links={[inviting.data]} /> : null}</div>
    </>
  )
}
