/** Reads text/event-stream (WHATWG HTML, section 9.2) from the pieces in which it arrives. */

export interface StreamEvent {
  /** What Last-Event-ID is to say after it. */
  id: string;
  name: string;
  data: string;
}

/** More than any event of ours has; whoever sends a line without an end is not listened to. */
const MOST = 65_536;

export class EventStreamReader {
  private rest = "";
  private id = "";
  private name = "";
  private data: string[] = [];

  /** The events that this piece completes. */
  read(piece: string): StreamEvent[] {
    this.rest += piece;
    const events: StreamEvent[] = [];
    for (let end = this.rest.search(/\r\n|\n|\r(?!$)/); end >= 0; end = this.rest.search(/\r\n|\n|\r(?!$)/)) {
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + (this.rest.startsWith("\r\n", end) ? 2 : 1));
      this.line(line, events);
    }
    if (this.rest.length + this.data.reduce((sum, each) => sum + each.length, 0) > MOST) {
      throw new Error(`events: must each be at most ${MOST} characters`);
    }
    return events;
  }

  private line(line: string, events: StreamEvent[]): void {
    if (line === "") {
      if (this.data.length > 0) {
        events.push({ id: this.id, name: this.name || "message", data: this.data.join("\n") });
      }
      this.name = "";
      this.data = [];
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") {
      this.data.push(value);
    } else if (field === "event") {
      this.name = value;
    } else if (field === "id" && !value.includes("\0")) {
      this.id = value;
    }
  }
}
