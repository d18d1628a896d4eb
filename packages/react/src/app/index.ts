'use client';
export type { Messages } from '../messages/messages.js';
export { defaultMessages } from '../messages/messages.js';
export type { PreviewRendererProps, PreviewRenderers } from '../previews/renderer.js';
export type { CustomWidgets, PortWidgetProps } from '../widgets/widget-props.js';
export type { LoomAppProps } from './LoomApp.js';
export { LoomApp } from './LoomApp.js';
export type { AppValues } from './useAppRun.js';
