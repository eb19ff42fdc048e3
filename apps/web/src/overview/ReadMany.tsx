import { Button, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWhoami } from '../account/session.ts'
import { accepted } from '../document/file.ts'
import { isOperator } from '../tenant/operator.ts'
import { documentsOf, droppedFiles, filesOf, mostFiles } from './chosen-files.ts'
import type { ChosenFile } from './chosen-files.ts'
import { matchTenant, nameFrom } from './match.ts'
import { isReady, newTenant, useReadings } from './use-readings.ts'
import type { Reading } from './use-readings.ts'

/** Reads several documents, each into the tenant whose name stands in the file's. */
export function ReadMany() {
  const { t } = useTranslation()
  const me = useWhoami()
  const work = useReadings()
  const [leftOut, setLeftOut] = useState(0)
  const tenants = (me?.tenants ?? []).filter(({ permissions }) => permissions.includes('register:write'))
  const mayCreate = me !== undefined && isOperator(me)
  if (tenants.length === 0 && !mayCreate) return null
  const take = (files: readonly ChosenFile[]) => {
    const documents = documentsOf(files).slice(0, mostFiles - work.readings.length)
    setLeftOut(files.length - documents.length)
    work.add(documents, (path) => matchTenant(path, tenants) ?? '')
  }
  return (
    <section className="section">
      <h2>{t('many.title')}</h2>
      <p className="quiet">{t('many.lead')}</p>
      <Choose onFiles={take} isDisabled={work.isRunning} />
      <p className="note quiet" role="status">
        {leftOut > 0 ? t('many.leftOut', { count: leftOut, most: mostFiles }) : ''}
      </p>
      {work.readings.length === 0 ? null : (
        <>
          <ul className="rows">
            {work.readings.map((reading) => (
              <File key={reading.path} reading={reading} work={work} tenants={tenants} mayCreate={mayCreate} />
            ))}
          </ul>
          <Foot work={work} />
        </>
      )}
    </section>
  )
}

/** Not in the types of React, but in every browser. */
const wholeFolder = { webkitdirectory: '' }

type Work = ReturnType<typeof useReadings>
type Tenants = readonly { readonly slug: string; readonly name: string }[]

function Choose({ onFiles, isDisabled }: { onFiles: (files: readonly ChosenFile[]) => void; isDisabled: boolean }) {
  const { t } = useTranslation()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const chosen = (input: HTMLInputElement) => {
    onFiles(filesOf(input.files))
    input.value = ''
  }
  return (
    <div
      className="drop drop-small"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (!isDisabled) void droppedFiles(event.dataTransfer).then(onFiles)
      }}
    >
      <p>{t('many.drop')}</p>
      <input
        ref={files}
        type="file"
        multiple
        className="hidden"
        tabIndex={-1}
        aria-label={t('many.chooseFiles')}
        accept={accepted}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        {...wholeFolder}
        className="hidden"
        tabIndex={-1}
        aria-label={t('many.chooseFolder')}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <div className="drop-buttons">
        <Button disabled={isDisabled} onClick={() => files.current?.click()}>
          {t('many.chooseFiles')}
        </Button>
        <Button disabled={isDisabled} onClick={() => folder.current?.click()}>
          {t('many.chooseFolder')}
        </Button>
      </div>
    </div>
  )
}

function File({
  reading,
  work,
  tenants,
  mayCreate,
}: {
  reading: Reading
  work: Work
  tenants: Tenants
  mayCreate: boolean
}) {
  const { t } = useTranslation()
  const { path, file, target } = reading
  const { stage } = reading.stage
  const isBusy = stage === 'sending' || stage === 'reading'
  return (
    <li className="row">
      <div className="row-main">
        <p className="read-name">{path}</p>
        <Stage reading={reading} isRunning={work.isRunning} />
      </div>
      <div className="row-actions file-target">
        <NativeSelect
          size="xs"
          aria-label={t('many.tenantOf', { name: path })}
          value={target}
          disabled={work.isRunning || isBusy || stage === 'read'}
          onChange={(event) => work.choose(path, event.currentTarget.value)}
          data={[
            { value: '', label: t('many.chooseTenant') },
            ...tenants.map(({ slug, name }) => ({ value: slug, label: name })),
            ...(mayCreate && nameFrom(file.name).length > 1
              ? [{ value: newTenant, label: t('many.newTenant', { name: nameFrom(file.name) }) }]
              : []),
          ]}
        />
        {work.isRunning || stage === 'read' ? null : (
          <button type="button" className="text-button" onClick={() => work.leaveOut(path)}>
            {t('many.leave')}
            <span className="hidden"> {path}</span>
          </button>
        )}
      </div>
    </li>
  )
}

function Stage({ reading: { target, stage }, isRunning }: { reading: Reading; isRunning: boolean }) {
  const { t } = useTranslation()
  switch (stage.stage) {
    case 'waiting':
      return <p className="note quiet">{t(target === '' ? 'many.noTenant' : 'many.waiting')}</p>
    case 'sending':
    case 'reading':
      return (
        <div className="progress-line">
          <span className="note quiet">{t(`many.${stage.stage}`)}</span>
          <progress
            aria-label={t('read.progress')}
            max={1}
            {...(stage.stage === 'sending' ? { value: stage.sent } : {})}
          />
        </div>
      )
    case 'read':
      return (
        <p className="note">
          {/* Leaving this page would stop what is still being read. */}
          <Link
            to="/t/$slug/read"
            params={{ slug: target }}
            search={{ document: stage.documentId }}
            {...(isRunning ? { target: '_blank' } : {})}
          >
            {t('many.look')}
          </Link>
        </p>
      )
    case 'refused':
      return <p className="field-problem">{stage.why}</p>
  }
}

function Foot({ work: { readings, isRunning, start, stop, clear } }: { work: Work }) {
  const { t } = useTranslation()
  const ready = readings.filter(isReady).length
  const count = (wanted: Reading['stage']['stage']) => readings.filter(({ stage }) => stage.stage === wanted).length
  return (
    <>
      <p className="note" role="status">
        {t('many.done', { done: count('read'), count: readings.length })}
        {count('refused') > 0 ? ` · ${t('many.refused', { count: count('refused') })}` : ''}
      </p>
      <p className="note quiet">{t('many.nothingAdopted')}</p>
      <div className="actions">
        {isRunning ? (
          <Button onClick={stop}>{t('many.stop')}</Button>
        ) : (
          <>
            <Button variant="filled" disabled={ready === 0} onClick={() => void start()}>
              {t('many.start', { count: ready })}
            </Button>
            <Button variant="subtle" onClick={clear}>
              {t('many.clear')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}
