import { Button, Textarea, TextInput, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { NoticeRows } from './Notices.tsx'
import { Refusal } from './Refusal.tsx'
import { stale } from './words.ts'

type Shown = Output<'announcement.list'>
type Announcement = Shown['announcements'][number]

/** What customers were told, how far it went, and telling all of them something new. */
export function Announcements() {
  const { t } = useTranslation()
  const maySign = useMay('edition:sign')
  const mayWrite = useMay('register:write')
  const list = useRead('announcement.list', {})
  const [asked, setAsked] = useState<'make' | 'contact' | null>(null)
  const close = () => setAsked(null)
  return (
    <Loaded read={list}>
      {(shown) => (
        <>
          <p className="note">
            {shown.contact === '' ? t('notice.noContact') : t('notice.contactIs', { contact: shown.contact })}
          </p>
          {shown.mailIsSet ? null : <p className="note">{t('notice.noMail')}</p>}
          <p className="actions">
            {maySign && shown.inForce > 0 ? (
              <Button variant="filled" onClick={() => setAsked('make')}>
                {t('notice.make', { count: shown.inForce })}
              </Button>
            ) : null}
            {mayWrite ? <Button onClick={() => setAsked('contact')}>{t('notice.setContact')}</Button> : null}
          </p>
          {shown.announcements.length === 0 ? <p>{t('notice.none')}</p> : null}
          <ul className="rows">
            {shown.announcements.map((one) => (
              <AnnouncementRow key={one.announcementId} announcement={one} />
            ))}
          </ul>
          <Dialog title={t('notice.makeTitle')} opened={asked === 'make'} onClose={close} side>
            <Make count={shown.inForce} onDone={close} />
          </Dialog>
          <Dialog title={t('notice.setContact')} opened={asked === 'contact'} onClose={close}>
            <Contact contact={shown.contact} onDone={close} />
          </Dialog>
        </>
      )}
    </Loaded>
  )
}

function AnnouncementRow({ announcement }: { announcement: Announcement }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const { announcementId, kind, title, body, edition, madeAt, effectiveOn, counts } = announcement
  const of = (name: string) => counts[name] ?? 0
  const words = ['sent', 'waiting', 'byHand', 'running', 'accepted', 'silent', 'objected'] as const
  const parts = words.flatMap((name) => (of(name) === 0 ? [] : [t(`notice.count.${name}`, { count: of(name) })]))
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">{edition === null ? title : t('notice.measures', { number: edition })}</h2>
        <p>
          {[
            t(`notice.kind.${kind}`),
            day(madeAt, language),
            ...(effectiveOn === null ? [] : [t('notice.effective', { day: day(effectiveOn, language) })]),
          ].join(' · ')}
        </p>
        <p className={of('unsettled') > 0 || of('byHand') > 0 ? 'bad' : undefined}>{parts.join(' · ')}</p>
        <details onToggle={(event) => setOpened(event.currentTarget.open)}>
          <summary>{t('notice.log')}</summary>
          {body === '' ? null : <p className="customer-said">{body}</p>}
          {opened ? <Log announcementId={announcementId} all={of('all')} /> : null}
        </details>
        <Downloads
          operation="announcement.log"
          input={{ announcementId }}
          formats={['pdf', 'docx', 'csv']}
          label={t('notice.log')}
        />
      </div>
    </li>
  )
}

function Log({ announcementId, all }: { announcementId: string; all: number }) {
  const { t } = useTranslation()
  const read = useRead('announcement.show', { announcementId })
  return (
    <Loaded read={read}>
      {({ notices, today }) => (
        <>
          <NoticeRows notices={notices} today={today} by="customer" />
          {all > notices.length ? (
            <p className="note quiet">{t('notice.more', { count: all - notices.length })}</p>
          ) : null}
        </>
      )}
    </Loaded>
  )
}

function Make({ count, onDone }: { count: number; onDone: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'sub-processor' | 'other'>('sub-processor')
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [from, setFrom] = useState('')
  const making = useChange('announcement.make', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        making.mutate({ kind, title, body, effectiveOn: from === '' ? null : from })
      }}
    >
      <p>{t('notice.makeWhat', { count })}</p>
      <NativeSelect
        label={t('notice.about')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value === 'other' ? 'other' : 'sub-processor')}
        data={[
          { value: 'sub-processor', label: t('notice.kind.sub-processor') },
          { value: 'other', label: t('notice.kind.other') },
        ]}
      />
      <TextInput
        required
        minLength={3}
        maxLength={200}
        label={t('notice.subject')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        required
        autosize
        minRows={5}
        minLength={3}
        maxLength={4_000}
        label={t('notice.text')}
        description={t('notice.textHint')}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('notice.from')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <Refusal error={making.error} />
      <Button type="submit" variant="filled" loading={making.isPending}>
        {t('notice.make', { count })}
      </Button>
    </form>
  )
}

function Contact({ contact, onDone }: { contact: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [value, setValue] = useState(contact)
  const setting = useChange('announcement.set_contact', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        setting.mutate({ contact: value })
      }}
    >
      <TextInput
        maxLength={200}
        label={t('notice.contact')}
        description={t('notice.contactHint')}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Refusal error={setting.error} />
      <Button type="submit" variant="filled" loading={setting.isPending}>
        {t('customer.save')}
      </Button>
    </form>
  )
}
