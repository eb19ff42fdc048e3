import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formats, publicSigns } from '@art32/press'
import type { RoomLine, RoomView } from '../api/api.ts'
import { tenantAddress } from '../api/request.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { OscalFiles } from '../edition/OscalFiles.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Sign } from '../frame/Sign.tsx'
import { HistoryButton } from '../history/History.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Guests } from './Guests.tsx'
import { Ask, Questions } from './Questions.tsx'
import './room.css'

/** One edition for invited guests: its text, the proof of each line, questions and answers. */
export function RoomPage() {
  const { t } = useTranslation()
  const { roomId } = useParams({ from: '/signed-in/t/$slug/room/$roomId' })
  const read = useRead('room.show', { roomId }, { refetchInterval: 30_000 })
  // Closed meanwhile: what was shown before is not shown any longer.
  const shown = read.error ? { ...read, data: undefined } : read
  return shown.data === undefined ? (
    <Page title={t('room.one')}>
      <Loaded read={shown}>{() => null}</Loaded>
    </Page>
  ) : (
    <Room room={shown.data} />
  )
}

function Room({ room }: { room: RoomView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const mayLedger = useMay('ledger:read')
  const { roomId, closedAt } = room
  return (
    <Page
      title={room.name}
      over={t('room.one')}
      lead={
        closedAt === null
          ? t('room.openUntil', { moment: moment(room.until, language) })
          : t('room.closedSince', { day: day(closedAt, language) })
      }
      actions={
        <>
          {formats
            .filter(({ by }) => by === 'document' || by === 'ledger')
            .map(({ key, label }) => (
              <a key={key} href={tenantAddress(slug, 'room.file', { roomId, format: key })} download>
                {label[language]}
              </a>
            ))}
          <OscalFiles
            name={room.name}
            hasPlan={room.hasPlan}
            addressOf={(format) => tenantAddress(slug, 'room.file', { roomId, format })}
          />
          {mayLedger ? <HistoryButton id={roomId} name={room.name} /> : null}
          <Close room={room} />
        </>
      }
    >
      <Guests room={room} />
      <section className="section" lang={room.language}>
        <h2>{room.title}</h2>
        <p className="note quiet" lang={language}>
          {t('edition.number', { number: room.edition })} · {day(room.date, language)}
          {room.withheld === 0 ? null : ` · ${t('room.withheld', { count: room.withheld })}`}
        </p>
        {room.sections.map(({ id, title, blocks }) => (
          <section key={id} className="room-section">
            <h3>{title}</h3>
            {blocks.map((block, i) =>
              block.kind === 'text' ? (
                <p key={i} className="quiet">
                  {block.text}
                </p>
              ) : (
                <Line key={block.id} room={room} line={block} />
              ),
            )}
          </section>
        ))}
        {room.limits.map((limit) => (
          <p key={limit} className="note quiet">
            {limit}
          </p>
        ))}
      </section>
      <section className="section" aria-labelledby="general">
        <h2 id="general">{t('room.general')}</h2>
        <Questions room={room} lineId={null} />
        <Ask room={room} />
        <p className="actions note">
          {(['csv', 'json'] as const).map((format) => (
            <a key={format} href={tenantAddress(slug, 'room.export', { roomId, format })} download>
              {t(`room.export.${format}`)}
            </a>
          ))}
        </p>
      </section>
    </Page>
  )
}

function Line({ room, line }: { room: RoomView; line: RoomLine }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const asked = room.questions.filter(({ lineId }) => lineId === line.id).length
  return (
    <div className="room-line">
      <p>{line.text}</p>
      <p className="note" lang={language}>
        <Sign sign={publicSigns[line.publicState]} />{' '}
        <button type="button" className="text-button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t('room.proofs', { count: line.proofs })} · {t('room.questions', { count: asked })}
          <span className="hidden"> – {line.text}</span>
        </button>
      </p>
      {opened ? (
        <div className="room-line-open" lang={language}>
          {line.proofs === 0 ? null : <Proof roomId={room.roomId} lineId={line.id} />}
          <Questions room={room} lineId={line.id} />
          <Ask room={room} lineId={line.id} />
        </div>
      ) : null}
    </div>
  )
}

function Proof({ roomId, lineId }: { roomId: string; lineId: string }) {
  const { t } = useTranslation()
  const read = useRead('room.proof', { roomId, lineId })
  return (
    <Loaded read={read}>
      {({ records }) => (
        <ul className="people">
          {records.map(({ index, title, role, leaf, record }) => (
            <li key={`${index} ${role}`}>
              <details>
                <summary>
                  {title} <span className="quiet">{t('proof.leaf', { index })}</span>
                </summary>
                <pre>{JSON.stringify(record, null, 2)}</pre>
                <pre>{leaf}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

function Close({ room: { roomId, name, closedAt } }: { room: RoomView }) {
  const { t } = useTranslation()
  const mayWrite = useMay('room:write')
  const [asking, setAsking] = useState(false)
  const closing = useChange('room.close', { stale: ['room.show', 'room.list'], onDone: () => setAsking(false) })
  if (!mayWrite || closedAt !== null) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('room.close')}</Button>
      <Dialog title={t('room.closeOf', { name })} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('room.closeText')}</p>
        <div className="actions">
          <Button variant="filled" loading={closing.isPending} onClick={() => closing.mutate({ roomId })}>
            {t('room.close')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}
