import * as v from 'valibot';

import type { Sender } from '@/utils/messaging/handler';
import type { FillRefusal, FormReport } from '@/utils/messaging/protocol';
import {
  readSession,
  readSessionFolder,
  removeSession,
  removeSessionFolder,
  writeSession,
} from '@/utils/storage/session';

/** What one frame of a tab last said about itself, and what came of it. */
export interface FrameState {
  origin: string;
  documentId?: string;
  report: FormReport;
  /** The account whose code was handed to this document. */
  accountId?: string;
  /** The code was written, and the page kept it. */
  filled: boolean;
  refusal?: FillRefusal;
}

const frameSchema = v.object({
  origin: v.string(),
  documentId: v.exactOptional(v.string()),
  report: v.custom<FormReport>((value) => typeof value === 'object' && value !== null),
  accountId: v.exactOptional(v.string()),
  filled: v.boolean(),
  refusal: v.exactOptional(v.custom<FillRefusal>((value) => typeof value === 'string')),
});

const folder = (tabId: number): string => `frame/${tabId}/`;

export async function readFrame(tabId: number, frameId: number): Promise<FrameState | undefined> {
  return readSession(`${folder(tabId)}${frameId}`, frameSchema);
}

export async function writeFrame(tabId: number, frameId: number, state: FrameState): Promise<void> {
  await writeSession(`${folder(tabId)}${frameId}`, state);
}

/** The frames of a tab that have said something, the top frame first. */
export async function readFrames(tabId: number): Promise<{ frameId: number; state: FrameState }[]> {
  const frames = await readSessionFolder(folder(tabId), frameSchema);
  return [...frames]
    .map(([frameId, state]) => ({ frameId: Number(frameId), state }))
    .sort((a, b) => a.frameId - b.frameId);
}

export async function forgetFrames(tabId: number): Promise<void> {
  await removeSessionFolder(folder(tabId));
}

/** Tabs with a content script in them, as far as it has said anything. */
export async function tabsWithFrames(): Promise<Set<number>> {
  const frames = await readSessionFolder('frame/', frameSchema);
  return new Set([...frames.keys()].map((key) => Number(key.split('/')[0])));
}

/** A choice of the person: this account, for this document, for the next few seconds. */
export interface FillChoice {
  accountId: string;
  frameId: number;
  origin: string;
  documentId?: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const choiceSchema = v.object({
  accountId: v.string(),
  frameId: v.number(),
  origin: v.string(),
  documentId: v.exactOptional(v.string()),
  expiresAt: v.number(),
});

export async function writeChoice(tabId: number, choice: FillChoice): Promise<void> {
  await writeSession(`choice/${tabId}`, choice);
}

/**
 * Takes the choice made for the sender's document, if there is one. It serves once, and a document
 * that came after it, or another frame, does not get it.
 */
export async function takeChoice(sender: Sender, now: number): Promise<FillChoice | undefined> {
  if (sender.tabId === undefined) return undefined;
  const choice = await readSession(`choice/${sender.tabId}`, choiceSchema);
  if (!choice || choice.frameId !== sender.frameId) return undefined;
  await removeSession(`choice/${sender.tabId}`);
  const sameDocument = choice.origin === sender.origin && choice.documentId === sender.documentId;
  return sameDocument && now < choice.expiresAt ? choice : undefined;
}
