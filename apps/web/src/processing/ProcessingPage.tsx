import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { roleWord } from '../edition/role-word.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { ActivityForm } from './ActivityForm.tsx'
import { BodyForm } from './BodyForm.tsx'
import { lists, sides, stale, texts, transferLines } from './activity.ts'
import type { Activity, RecordShown, Side } from './activity.ts'
import { Proposals } from './Proposals.tsx'
import '../customer/customer.css'

const formats = ['pdf', 'docx', 'csv'] as const

/** The records of processing activities, as controller and as processor. */
export function ProcessingPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const read = useRead('processing.list', {})
  return (
    <Page
      title={t('processing.title')}
      over={
        <Link to="/t/$slug/customers" params={{ slug }} search={{}}>
          {t('customer.title')}
        </Link>
      }
      lead={t('processing.lead')}
    >
      <Loaded read={read}>{(shown) => <Whole shown={shown} />}</Loaded>
    </Page>
  )
}

function Whole({ shown }: { shown: RecordShown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const [asked, setAsked] = useState<'propose' | 'body' | Side | null>(null)
  const recording = useChange('processing.record', { stale, quiet: true })
  const { activities, isChanged } = shown
  const isNew = activities.length === 0
  const close = () => setAsked(null)
  return (
    <div className="customer-all">
      {isNew ? <p>{t('processing.none')}</p> : null}
      <p className="actions">
        {mayWrite ? (
          <Button variant={isNew ? 'filled' : 'default'} onClick={() => setAsked('propose')}>
            {t('processing.propose')}
          </Button>
        ) : null}
        {maySign && !isNew && isChanged ? (
          <Button variant="filled" loading={recording.isPending} onClick={() => recording.mutate({})}>
            {t('processing.record')}
          </Button>
        ) : null}
      </p>
      <Refusal error={recording.error} />
      <Versions shown={shown} />
      <Body shown={shown} onChange={() => setAsked('body')} />
      {sides.map((side) => (
        <section key={side} className="customer-part">
          <h2>{t(`processing.side.${side}`)}</h2>
          <p className="note quiet">
            {side === 'controller'
              ? t('processing.own')
              : shown.controllers === 0
                ? t('processing.noControllers')
                : t('processing.controllers', { count: shown.controllers })}
          </p>
          <ul className="rows">
            {activities
              .filter((one) => one.side === side)
              .map((activity) => (
                <ActivityRow key={activity.activityId} activity={activity} />
              ))}
          </ul>
          {mayWrite ? (
            <p className="actions">
              <Button size="compact-sm" onClick={() => setAsked(side)}>
                {t(`processing.add.${side}`)}
              </Button>
            </p>
          ) : null}
        </section>
      ))}
      {isNew ? null : (
        <Downloads operation="processing.export" input={{}} formats={formats} label={t('processing.title')} />
      )}
      <Dialog title={t('processing.propose')} opened={asked === 'propose'} onClose={close} side>
        <Proposals />
      </Dialog>
      <Dialog title={t('processing.body')} opened={asked === 'body'} onClose={close} side>
        <BodyForm body={shown.body} onDone={close} />
      </Dialog>
      <Dialog
        title={asked === 'controller' || asked === 'processor' ? t(`processing.add.${asked}`) : ''}
        opened={asked === 'controller' || asked === 'processor'}
        onClose={close}
        side
      >
        {asked === 'controller' || asked === 'processor' ? <ActivityForm side={asked} onDone={close} /> : null}
      </Dialog>
    </div>
  )
}

function Versions({ shown: { versions, isChanged, edition } }: { shown: RecordShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const last = versions[0]
  return (
    <>
      <p>
        {last
          ? t('processing.version', {
              number: last.number,
              day: day(last.at, language),
              role: roleWord(last.role, t),
              due: day(last.reviewDue, language),
            })
          : t('processing.noVersion')}
        {last && isChanged ? ` ${t('processing.changed')}` : null}
      </p>
      <p className="note">
        {edition === null ? t('processing.noEdition') : t('processing.edition', { number: edition })}
        {last ? (
          <>
            {' '}
            <Link to="/t/$slug/duties" params={{ slug }} search={{}}>
              {t('processing.review')}
            </Link>
          </>
        ) : null}
      </p>
      {versions.length === 0 ? null : (
        <details>
          <summary>{t('processing.versions', { count: versions.length })}</summary>
          {versions.map(({ number, at }) => (
            <Downloads
              key={number}
              operation="processing.export"
              input={{ number: String(number) }}
              formats={formats}
              label={t('processing.versionOf', { number, day: day(at, language) })}
            />
          ))}
        </details>
      )}
    </>
  )
}

function Body({ shown: { body, missing }, onChange }: { shown: RecordShown; onChange: () => void }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const fields = ['name', 'address', 'contact', 'representative', 'dpo'] as const
  return (
    <section className="customer-part">
      <h2>{t('processing.body')}</h2>
      {missing.length === 0 ? null : (
        <p className="bad">
          {t('processing.missing', {
            fields: fields
              .filter((one) => missing.includes(one))
              .map((one) => t(`processing.who.${one}`))
              .join(', '),
          })}
        </p>
      )}
      <dl className="facts">
        {fields
          .filter((one) => body[one] !== '')
          .map((one) => (
            <div key={one}>
              <dt>{t(`processing.who.${one}`)}</dt>
              <dd className="customer-said">{body[one]}</dd>
            </div>
          ))}
      </dl>
      {mayWrite ? (
        <p className="actions">
          <Button size="compact-sm" onClick={onChange}>
            {t('processing.changeBody')}
          </Button>
        </p>
      ) : null}
    </section>
  )
}

function ActivityRow({ activity }: { activity: Activity }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const [asked, setAsked] = useState(false)
  const { side, name, said, missing } = activity
  const shown = [
    ...texts[side].map((field) => [field, said[field]] as const),
    ...lists.map((field) => [field, said[field].join('\n')] as const),
    ['transfers', transferLines(said.transfers)] as const,
  ].filter(([, value]) => value !== '')
  const wanted = ['purposes', 'categories', 'people', 'data', 'recipients', 'retention'] as const
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        {missing.length === 0 ? null : (
          <p className="bad">
            {t('processing.missing', {
              fields: wanted
                .filter((one) => missing.includes(one))
                .map((one) => t(`processing.field.${one}`))
                .join(', '),
            })}
          </p>
        )}
        <details>
          <summary>{t('processing.show')}</summary>
          <dl className="facts facts-wide">
            {shown.map(([field, value]) => (
              <div key={field}>
                <dt>{t(`processing.field.${field}`)}</dt>
                <dd className="customer-said">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
        {mayWrite ? (
          <p className="actions">
            <Button size="compact-sm" aria-label={t('processing.changeOf', { name })} onClick={() => setAsked(true)}>
              {t('processing.change')}
            </Button>
          </p>
        ) : null}
      </div>
      <Dialog title={name} opened={asked} onClose={() => setAsked(false)} side>
        <ActivityForm side={side} activity={activity} onDone={() => setAsked(false)} />
      </Dialog>
    </li>
  )
}
