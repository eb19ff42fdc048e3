import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Subscriber } from './Subscriber.tsx'

type Shown = Output<'subscriber.list'>

/** Who follows the public page by mail: counts for everybody, addresses for those who may see who has access. */
export function Subscribers() {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  // The last address of each page before this one.
  const [before, setBefore] = useState<readonly string[]>([])
  const after = before.at(-1)
  const list = useRead('subscriber.list', { find, ...(after === undefined ? {} : { after }) }, { keep: true })
  return (
    <section className="section">
      <h2>{t('subscriber.title')}</h2>
      <Loaded read={list}>
        {(shown) => (
          <div className="public-part">
            <Counts shown={shown} />
            {shown.subscribers === null ? <p className="quiet">{t('subscriber.notYours')}</p> : null}
            {shown.subscribers !== null && shown.counts.subscribers > 0 ? (
              <TextInput
                className="subscriber-find"
                label={t('subscriber.find')}
                value={find}
                onChange={(event) => {
                  setFind(event.currentTarget.value)
                  setBefore([])
                }}
              />
            ) : null}
            <List shown={shown} />
            {before.length > 0 || shown.isMore ? (
              <p className="actions">
                <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
                  {t('subscriber.newer')}
                </Button>
                <Button
                  disabled={!shown.isMore}
                  onClick={() => setBefore([...before, shown.subscribers?.at(-1)?.subscriberId ?? ''])}
                >
                  {t('subscriber.older')}
                </Button>
              </p>
            ) : null}
          </div>
        )}
      </Loaded>
    </section>
  )
}

const topics = ['edition', 'weakened', 'lapse', 'processors', 'advisory', 'incident'] as const

function Counts({ shown: { mailIsSet, isOpen, counts } }: { shown: Shown }) {
  const { t } = useTranslation()
  const may = useMay('access:write')
  const allowing = useChange('subscriber.allow', { stale: ['subscriber.list'] })
  return (
    <>
      <p>{t(mailIsSet ? (isOpen ? 'subscriber.open' : 'subscriber.closed') : 'subscriber.noMail')}</p>
      <ul className="outcome-tally">
        <li>{t('subscriber.count', { count: counts.subscribers })}</li>
        {topics.map((topic) =>
          counts.topics[topic] === undefined || counts.topics[topic] === 0 ? null : (
            <li key={topic}>
              {counts.topics[topic]} {t(`subscriber.topic.${topic}`)}
            </li>
          ),
        )}
        {counts.requests === 0 ? null : <li>{t('subscriber.requests', { count: counts.requests })}</li>}
        {counts.waiting === 0 ? null : <li>{t('subscriber.waiting', { count: counts.waiting })}</li>}
      </ul>
      {may && mailIsSet ? (
        <p className="actions">
          <Button loading={allowing.isPending} onClick={() => allowing.mutate({ isOpen: !isOpen })}>
            {t(isOpen ? 'subscriber.close' : 'subscriber.reopen')}
          </Button>
        </p>
      ) : null}
    </>
  )
}

function List({ shown: { subscribers, counts } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (subscribers === null) return null
  if (subscribers.length === 0)
    return <p className="quiet">{t(counts.subscribers === 0 ? 'subscriber.none' : 'subscriber.noneFound')}</p>
  return (
    <ul className="rows">
      {subscribers.map((one) => (
        <Subscriber
          key={one.subscriberId}
          subscriber={one}
          about={`${t('subscriber.since', { day: day(one.since, language) })} · ${one.topics.map((topic) => t(`subscriber.topic.${topic}`)).join(' · ')}`}
        />
      ))}
    </ul>
  )
}
