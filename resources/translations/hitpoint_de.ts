<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Actions</name>
  <message>
   <source>&amp;About Hitpoint</source>
   <translation>Ü&amp;ber Hitpoint</translation>
  </message>
  <message>
   <source>&amp;Change Shortcuts…</source>
   <translation>Tasten&amp;kürzel ändern…</translation>
  </message>
  <message>
   <source>&amp;Clear Marks</source>
   <translation>Marken &amp;löschen</translation>
  </message>
  <message>
   <source>&amp;Compare Takes</source>
   <translation>Takes ver&amp;gleichen</translation>
  </message>
  <message>
   <source>&amp;Compose</source>
   <translation>&amp;Komponieren</translation>
  </message>
  <message>
   <source>&amp;Compose Chosen Cues</source>
   <translation>Gewählte Cues &amp;komponieren</translation>
  </message>
  <message>
   <source>&amp;Dark Theme</source>
   <translation>&amp;Dunkles Thema</translation>
  </message>
  <message>
   <source>&amp;Duplicate</source>
   <translation>&amp;Duplizieren</translation>
  </message>
  <message>
   <source>&amp;Dynamics from Picture</source>
   <translation>&amp;Dynamik vom Bild</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Follow Another Cut…</source>
   <translation>Anderem &amp;Schnitt folgen…</translation>
  </message>
  <message>
   <source>&amp;Full-screen Picture</source>
   <translation>Bild als V&amp;ollbild</translation>
  </message>
  <message>
   <source>&amp;Go to Timecode…</source>
   <translation>&amp;Gehe zu Timecode…</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Join</source>
   <translation>&amp;Zusammenfügen</translation>
  </message>
  <message>
   <source>&amp;Keyboard Shortcuts</source>
   <translation>&amp;Tastenkürzel</translation>
  </message>
  <message>
   <source>&amp;Lock Chords</source>
   <translation>Akkorde &amp;sperren</translation>
  </message>
  <message>
   <source>&amp;Loop Selection</source>
   <translation>Auswahl &amp;wiederholen</translation>
  </message>
  <message>
   <source>&amp;Music</source>
   <translation>&amp;Musik</translation>
  </message>
  <message>
   <source>&amp;New Cue</source>
   <translation>&amp;Neues Cue</translation>
  </message>
  <message>
   <source>&amp;Next Take</source>
   <translation>&amp;Nächster Take</translation>
  </message>
  <message>
   <source>&amp;Open Edit…</source>
   <translation>Schnitt ö&amp;ffnen…</translation>
  </message>
  <message>
   <source>&amp;Parts</source>
   <translation>&amp;Stimmen</translation>
  </message>
  <message>
   <source>&amp;Previous Take</source>
   <translation>Vor&amp;iger Take</translation>
  </message>
  <message>
   <source>&amp;Production Sound</source>
   <translation>Origi&amp;nalton</translation>
  </message>
  <message>
   <source>&amp;Propose Cues</source>
   <translation>Cues &amp;vorschlagen</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Wiederholen</translation>
  </message>
  <message>
   <source>&amp;Rename…</source>
   <translation>&amp;Umbenennen…</translation>
  </message>
  <message>
   <source>&amp;Sound</source>
   <translation>&amp;Ton</translation>
  </message>
  <message>
   <source>&amp;Split at Playhead</source>
   <translation>Am Abspielkopf &amp;teilen</translation>
  </message>
  <message>
   <source>&amp;Suggest Chords…</source>
   <translation>Akkorde v&amp;orschlagen…</translation>
  </message>
  <message>
   <source>&amp;Takes</source>
   <translation>&amp;Takes</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Rückgängig</translation>
  </message>
  <message>
   <source>&amp;Vary</source>
   <translation>Va&amp;riieren</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>&amp;Whole Timeline</source>
   <translation>&amp;Ganze Timeline</translation>
  </message>
  <message>
   <source>&amp;Write Back…</source>
   <translation>&amp;Zurückschreiben…</translation>
  </message>
  <message>
   <source>A click on a chord sounds it</source>
   <translation>Ein Klick auf einen Akkord lässt ihn klingen</translation>
  </message>
  <message>
   <source>A cue for the marked range or the selected chords, else for the silence at the playhead</source>
   <translation>Ein Cue für den markierten Bereich oder die gewählten Akkorde, sonst für die Stille am Abspielkopf</translation>
  </message>
  <message>
   <source>A moment is heard at each place while the playhead is dragged</source>
   <translation>An jeder Stelle klingt ein Augenblick, während der Abspielkopf gezogen wird</translation>
  </message>
  <message>
   <source>A new cue for the marked range, composed at once</source>
   <translation>Ein neues Cue für den markierten Bereich, sofort komponiert</translation>
  </message>
  <message>
   <source>A small edit with pictures of its own, to try things on</source>
   <translation>Ein kleiner Schnitt mit eigenen Bildern, zum Ausprobieren</translation>
  </message>
  <message>
   <source>Add &amp;Hit at Playhead</source>
   <translation>Treffer a&amp;m Abspielkopf</translation>
  </message>
  <message>
   <source>All keys on one sheet</source>
   <translation>Alle Tasten auf einem Blatt</translation>
  </message>
  <message>
   <source>Another name for the cue</source>
   <translation>Ein anderer Name für das Cue</translation>
  </message>
  <message>
   <source>Appro&amp;ve</source>
   <translation>A&amp;bnehmen</translation>
  </message>
  <message>
   <source>Approve the chosen cues, or take it back</source>
   <translation>Die gewählten Cues abnehmen, oder die Abnahme zurücknehmen</translation>
  </message>
  <message>
   <source>Ask the music to meet this moment</source>
   <translation>Die Musik soll diesen Augenblick treffen</translation>
  </message>
  <message>
   <source>C&amp;ues</source>
   <translation>&amp;Cues</translation>
  </message>
  <message>
   <source>Carry the music over to a newer version of the edit</source>
   <translation>Die Musik auf eine neuere Fassung des Schnitts übertragen</translation>
  </message>
  <message>
   <source>Change &amp;Chord…</source>
   <translation>A&amp;kkord ändern…</translation>
  </message>
  <message>
   <source>Chords that the model would put here, the likeliest first</source>
   <translation>Akkorde, die das Modell hier setzen würde, der wahrscheinlichste zuerst</translation>
  </message>
  <message>
   <source>Clic&amp;k</source>
   <translation>&amp;Klick</translation>
  </message>
  <message>
   <source>Close the panel</source>
   <translation>Das Fenster schließen</translation>
  </message>
  <message>
   <source>Compose &amp;All Cues</source>
   <translation>&amp;Alle Cues komponieren</translation>
  </message>
  <message>
   <source>Compose All Ane&amp;w…</source>
   <translation>Alle Cues neu kom&amp;ponieren…</translation>
  </message>
  <message>
   <source>Compose a Cue in the &amp;Range</source>
   <translation>Cue im &amp;Bereich komponieren</translation>
  </message>
  <message>
   <source>Compose every chord again that is not locked, in the same key and tempo</source>
   <translation>Jeden nicht gesperrten Akkord neu komponieren, in derselben Tonart und im selben Tempo</translation>
  </message>
  <message>
   <source>Compose every cue again, after asking; locks, moods and hits stay</source>
   <translation>Jeden Cue noch einmal komponieren, nach einer Frage; Sperren, Stimmungen und Treffer bleiben</translation>
  </message>
  <message>
   <source>Compose every cue that has no music for its range and words; the others are kept</source>
   <translation>Jeden Cue komponieren, der für seinen Bereich und seine Worte keine Musik hat; die anderen bleiben</translation>
  </message>
  <message>
   <source>Compose the Res&amp;t</source>
   <translation>Den &amp;Rest komponieren</translation>
  </message>
  <message>
   <source>Compose the chosen cues, one after the other; locks, moods and hits stay</source>
   <translation>Die gewählten Cues komponieren, eines nach dem anderen; Sperren, Stimmungen und Treffer bleiben</translation>
  </message>
  <message>
   <source>Compose the cue anew, key and tempo too; locks, moods and hits stay</source>
   <translation>Das Cue von Grund auf neu komponieren, auch Tonart und Tempo; Sperren, Stimmungen und Treffer bleiben</translation>
  </message>
  <message>
   <source>Compose the selected chords again, else those of the marked range; locked ones stay</source>
   <translation>Die gewählten Akkorde neu komponieren, sonst die des markierten Bereichs; gesperrte bleiben</translation>
  </message>
  <message>
   <source>Compose what the range of the cue has more than its music, which stays</source>
   <translation>Komponieren, was der Bereich des Cues über seine Musik hinaus hat; sie bleibt</translation>
  </message>
  <message>
   <source>D&amp;elete</source>
   <translation>&amp;Löschen</translation>
  </message>
  <message>
   <source>Do the step again</source>
   <translation>Den Schritt noch einmal tun</translation>
  </message>
  <message>
   <source>Everything a semitone higher</source>
   <translation>Alles einen Halbton höher</translation>
  </message>
  <message>
   <source>Everything a semitone lower</source>
   <translation>Alles einen Halbton tiefer</translation>
  </message>
  <message>
   <source>Find &amp;Media…</source>
   <translation>&amp;Medien suchen…</translation>
  </message>
  <message>
   <source>Find &amp;a Moment…</source>
   <translation>Mome&amp;nt suchen…</translation>
  </message>
  <message>
   <source>For a dark room</source>
   <translation>Für einen dunklen Raum</translation>
  </message>
  <message>
   <source>For a light room</source>
   <translation>Für einen hellen Raum</translation>
  </message>
  <message>
   <source>Go to the chords of the timeline</source>
   <translation>Zu den Akkorden der Timeline</translation>
  </message>
  <message>
   <source>Go to the start of the cue, or of the one before</source>
   <translation>Zum Anfang des Cues gehen, oder zu dem des vorigen</translation>
  </message>
  <message>
   <source>Go to the start of the next cue</source>
   <translation>Zum Anfang des nächsten Cues gehen</translation>
  </message>
  <message>
   <source>Go to the take before, at the same place, and back</source>
   <translation>Zum vorigen Take, an derselben Stelle, und zurück</translation>
  </message>
  <message>
   <source>Hear C&amp;hords When Clicked</source>
   <translation>Akkorde beim Anklicken &amp;hören</translation>
  </message>
  <message>
   <source>Hear the beats of the music while it plays</source>
   <translation>Beim Abspielen die Schläge der Musik hören</translation>
  </message>
  <message>
   <source>Hear the edit's own sound with the music</source>
   <translation>Den Ton des Schnitts mit der Musik hören</translation>
  </message>
  <message>
   <source>Hear the edit's temp music in place of the music, at the same place, and back</source>
   <translation>Statt der Musik die Temp-Musik des Schnitts hören, an derselben Stelle, und zurück</translation>
  </message>
  <message>
   <source>Keep the selected chords when the rest is composed again</source>
   <translation>Die gewählten Akkorde behalten, wenn der Rest neu komponiert wird</translation>
  </message>
  <message>
   <source>Leave density and loudness of the selection to the picture</source>
   <translation>Dichte und Lautstärke der Auswahl dem Bild überlassen</translation>
  </message>
  <message>
   <source>Lig&amp;ht Theme</source>
   <translation>&amp;Helles Thema</translation>
  </message>
  <message>
   <source>Light or dark as the system is set</source>
   <translation>Hell oder dunkel, wie das System es vorgibt</translation>
  </message>
  <message>
   <source>Listenin&amp;g</source>
   <translation>A&amp;bhören</translation>
  </message>
  <message>
   <source>Look Again for a De&amp;vice</source>
   <translation>No&amp;ch einmal nach einem Gerät suchen</translation>
  </message>
  <message>
   <source>Look for a sound device that was connected since</source>
   <translation>Ein Tongerät suchen, das seither angeschlossen wurde</translation>
  </message>
  <message>
   <source>Mark &amp;In</source>
   <translation>&amp;In-Marke setzen</translation>
  </message>
  <message>
   <source>Mark &amp;Out</source>
   <translation>&amp;Out-Marke setzen</translation>
  </message>
  <message>
   <source>Moments of the picture that look like some words</source>
   <translation>Momente im Bild, die wie ein paar Worte aussehen</translation>
  </message>
  <message>
   <source>Name the folder in which the edit's media lie; it is remembered</source>
   <translation>Den Ordner nennen, in dem die Medien des Schnitts liegen; er wird gemerkt</translation>
  </message>
  <message>
   <source>Ne&amp;xt Cue</source>
   <translation>Nä&amp;chstes Cue</translation>
  </message>
  <message>
   <source>No range</source>
   <translation>Kein Bereich</translation>
  </message>
  <message>
   <source>Open &amp;Demo Edit</source>
   <translation>&amp;Demo öffnen</translation>
  </message>
  <message>
   <source>Open an edit, a movie or a cue</source>
   <translation>Einen Schnitt, einen Film oder ein Cue öffnen</translation>
  </message>
  <message>
   <source>Other keys, or those of Resolve, Premiere or Kdenlive</source>
   <translation>Andere Tasten, oder die von Resolve, Premiere oder Kdenlive</translation>
  </message>
  <message>
   <source>Other players for the selected chords, or a passage from one style to another</source>
   <translation>Andere Spieler für die gewählten Akkorde, oder ein Übergang von einem Stil zum anderen</translation>
  </message>
  <message>
   <source>Pi&amp;cture Window</source>
   <translation>Bild&amp;fenster</translation>
  </message>
  <message>
   <source>Play &amp;Around</source>
   <translation>&amp;Umgebung abspielen</translation>
  </message>
  <message>
   <source>Play &amp;Range</source>
   <translation>&amp;Bereich abspielen</translation>
  </message>
  <message>
   <source>Play It Ot&amp;herwise</source>
   <translation>An&amp;ders spielen</translation>
  </message>
  <message>
   <source>Play the selected chords, or the range, from their beginning</source>
   <translation>Die gewählten Akkorde oder den Bereich von Anfang an abspielen</translation>
  </message>
  <message>
   <source>Play two seconds before the playhead and two after it, and come back</source>
   <translation>Zwei Sekunden vor dem Abspielkopf bis zwei danach abspielen, und zurück</translation>
  </message>
  <message>
   <source>Previo&amp;us Cue</source>
   <translation>V&amp;origes Cue</translation>
  </message>
  <message>
   <source>Regenerate &amp;All</source>
   <translation>&amp;Alles neu</translation>
  </message>
  <message>
   <source>Regenerate &amp;Selection</source>
   <translation>Au&amp;swahl neu</translation>
  </message>
  <message>
   <source>Repeat the selection, or the loop, while playing</source>
   <translation>Die Auswahl oder die Schleife beim Abspielen wiederholen</translation>
  </message>
  <message>
   <source>S&amp;nap</source>
   <translation>&amp;Einrasten</translation>
  </message>
  <message>
   <source>S&amp;top Working</source>
   <translation>Arbeit an&amp;halten</translation>
  </message>
  <message>
   <source>Say what the cue is to be</source>
   <translation>Sagen, wie das Cue sein soll</translation>
  </message>
  <message>
   <source>See all of it</source>
   <translation>Alles sehen</translation>
  </message>
  <message>
   <source>See less of the timeline, larger</source>
   <translation>Weniger von der Timeline sehen, größer</translation>
  </message>
  <message>
   <source>See more of the timeline, smaller</source>
   <translation>Mehr von der Timeline sehen, kleiner</translation>
  </message>
  <message>
   <source>See the selection as large as it fits</source>
   <translation>Die Auswahl so groß wie möglich sehen</translation>
  </message>
  <message>
   <source>Select &amp;All Chords</source>
   <translation>&amp;Alle Akkorde wählen</translation>
  </message>
  <message>
   <source>Select &amp;None</source>
   <translation>&amp;Nichts wählen</translation>
  </message>
  <message>
   <source>Select all of the music</source>
   <translation>Die ganze Musik wählen</translation>
  </message>
  <message>
   <source>Select nothing</source>
   <translation>Nichts wählen</translation>
  </message>
  <message>
   <source>Show meters, monitor level and device</source>
   <translation>Pegel, Abhörlautstärke und Gerät zeigen</translation>
  </message>
  <message>
   <source>Show style, key, tempo and loudness</source>
   <translation>Stil, Tonart, Tempo und Lautheit zeigen</translation>
  </message>
  <message>
   <source>Show the list of cues</source>
   <translation>Die Liste der Cues zeigen</translation>
  </message>
  <message>
   <source>Show the parts: on or off, solo, mute</source>
   <translation>Die Stimmen zeigen: an oder aus, solo, stumm</translation>
  </message>
  <message>
   <source>Show the takes</source>
   <translation>Die Takes zeigen</translation>
  </message>
  <message>
   <source>Show what is followed of the temp music</source>
   <translation>Zeigen, worin der Temp-Musik gefolgt wird</translation>
  </message>
  <message>
   <source>Sound While Scru&amp;bbing</source>
   <translation>Ton beim &amp;Ziehen</translation>
  </message>
  <message>
   <source>St&amp;yle of the Selection…</source>
   <translation>Sti&amp;l der Auswahl…</translation>
  </message>
  <message>
   <source>Start &amp;Over</source>
   <translation>&amp;Von vorn beginnen</translation>
  </message>
  <message>
   <source>Stop what is being composed, opened or written</source>
   <translation>Anhalten, was komponiert, geöffnet oder geschrieben wird</translation>
  </message>
  <message>
   <source>T&amp;emp</source>
   <translation>Tem&amp;p</translation>
  </message>
  <message>
   <source>Take back the last step</source>
   <translation>Den letzten Schritt zurücknehmen</translation>
  </message>
  <message>
   <source>Take up where music could be: markers, temp music, picture and speech</source>
   <translation>Vorschlagen, wo Musik sein könnte: nach Markern, Temp-Musik, Bild und Sprache</translation>
  </message>
  <message>
   <source>Temp or M&amp;usic</source>
   <translation>&amp;Temp oder Musik</translation>
  </message>
  <message>
   <source>The cue at the playhead in two</source>
   <translation>Das Cue am Abspielkopf in zwei teilen</translation>
  </message>
  <message>
   <source>The list without the chosen cues</source>
   <translation>Die gewählten Cues aus der Liste nehmen</translation>
  </message>
  <message>
   <source>The next take of the list</source>
   <translation>Der nächste Take der Liste</translation>
  </message>
  <message>
   <source>The picture as large as the screen; the same key or Escape comes back</source>
   <translation>Das Bild so groß wie der Bildschirm; dieselbe Taste oder Escape führt zurück</translation>
  </message>
  <message>
   <source>The picture in a window of its own, for a second screen</source>
   <translation>Das Bild in einem eigenen Fenster, für einen zweiten Bildschirm</translation>
  </message>
  <message>
   <source>The playhead, hits and ranges stop at cuts, markers and hits</source>
   <translation>Abspielkopf, Treffer und Bereiche halten an Schnitten, Markern und Treffern</translation>
  </message>
  <message>
   <source>The range ends with the frame at the playhead</source>
   <translation>Der Bereich endet mit dem Bild am Abspielkopf</translation>
  </message>
  <message>
   <source>The range to loop, play and compose begins at the playhead</source>
   <translation>Der Bereich zum Wiederholen, Abspielen und Komponieren beginnt am Abspielkopf</translation>
  </message>
  <message>
   <source>The same chords with other choices of the players</source>
   <translation>Dieselben Akkorde, anders gespielt</translation>
  </message>
  <message>
   <source>The selection otherwise, else the marked range, else the whole cue, as far as the strength in Takes says; locks stay</source>
   <translation>Die Auswahl anders, sonst den markierten Bereich, sonst das ganze Cue, so weit die Stärke in Takes es sagt; Sperren bleiben</translation>
  </message>
  <message>
   <source>The take before it in the list</source>
   <translation>Der Take davor in der Liste</translation>
  </message>
  <message>
   <source>The wishes of the cue once more, at the playhead or after its end</source>
   <translation>Die Wünsche des Cues noch einmal, am Abspielkopf oder nach seinem Ende</translation>
  </message>
  <message>
   <source>Theme of the S&amp;ystem</source>
   <translation>Thema des S&amp;ystems</translation>
  </message>
  <message>
   <source>Time&amp;line</source>
   <translation>Time&amp;line</translation>
  </message>
  <message>
   <source>Transpose Do&amp;wn</source>
   <translation>&amp;Tiefer transponieren</translation>
  </message>
  <message>
   <source>Transpose U&amp;p</source>
   <translation>&amp;Höher transponieren</translation>
  </message>
  <message>
   <source>Two chosen neighbours, or the cue and the next one, as one</source>
   <translation>Zwei gewählte Nachbarn, oder das Cue und das nächste, zu einem machen</translation>
  </message>
  <message>
   <source>Type another chord for the selection; F2 or a letter does the same among the chords</source>
   <translation>Einen anderen Akkord für die Auswahl tippen; F2 oder ein Buchstabe tut dasselbe bei den Akkorden</translation>
  </message>
  <message>
   <source>Type where to go</source>
   <translation>Tippen, wohin es geht</translation>
  </message>
  <message>
   <source>Un&amp;lock Chords</source>
   <translation>Akkorde entsp&amp;erren</translation>
  </message>
  <message>
   <source>Version and licence</source>
   <translation>Version und Lizenz</translation>
  </message>
  <message>
   <source>What was written last: drag the mix, stems and MIDI from there</source>
   <translation>Was zuletzt geschrieben wurde: Mischung, Stems und MIDI von dort herausziehen</translation>
  </message>
  <message>
   <source>Wo&amp;rds</source>
   <translation>&amp;Worte</translation>
  </message>
  <message>
   <source>Write the music to where the edit came from</source>
   <translation>Die Musik dorthin schreiben, woher der Schnitt kam</translation>
  </message>
  <message>
   <source>Written Fi&amp;les…</source>
   <translation>&amp;Geschriebene Dateien…</translation>
  </message>
  <message>
   <source>Zoom &amp;In</source>
   <translation>&amp;Vergrößern</translation>
  </message>
  <message>
   <source>Zoom &amp;Out</source>
   <translation>Ver&amp;kleinern</translation>
  </message>
  <message>
   <source>Zoom to &amp;Selection</source>
   <translation>Auf die &amp;Auswahl zoomen</translation>
  </message>
 </context>
 <context>
  <name>BusyBar</name>
  <message>
   <source>How far it is</source>
   <translation>Wie weit es ist</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop what is being worked at; nothing is lost (Ctrl+.)</source>
   <translation>Anhalten, woran gearbeitet wird; nichts geht verloren (Strg+.)</translation>
  </message>
  <message>
   <source>Stop working</source>
   <translation>Arbeit anhalten</translation>
  </message>
 </context>
 <context>
  <name>Chips</name>
  <message>
   <source>density</source>
   <translation>Dichte</translation>
  </message>
  <message>
   <source>ending</source>
   <translation>Schluss</translation>
  </message>
  <message>
   <source>hits</source>
   <translation>Treffer</translation>
  </message>
  <message>
   <source>instrument</source>
   <translation>Instrument</translation>
  </message>
  <message>
   <source>key</source>
   <translation>Tonart</translation>
  </message>
  <message>
   <source>loudness</source>
   <translation>Lautstärke</translation>
  </message>
  <message>
   <source>metre</source>
   <translation>Takt</translation>
  </message>
  <message>
   <source>mode</source>
   <translation>Tongeschlecht</translation>
  </message>
  <message>
   <source>mood</source>
   <translation>Stimmung</translation>
  </message>
  <message>
   <source>style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>tempo</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>without</source>
   <translation>ohne</translation>
  </message>
 </context>
 <context>
  <name>ChordEditor</name>
  <message>
   <source>A chord such as C, Am9, D/F#, F#:sus4, a degree such as ii7 or bVII, or N for none. Return takes it, Escape does not.</source>
   <translation>Ein Akkord wie C, Am9, D/F#, F#:sus4, eine Stufe wie ii7 oder bVII, oder N für keinen. Die Eingabetaste übernimmt ihn, Escape nicht.</translation>
  </message>
  <message>
   <source>Chord symbol</source>
   <translation>Akkordsymbol</translation>
  </message>
  <message>
   <source>four voices sound it as {chord}</source>
   <translation>vier Stimmen spielen davon {chord}</translation>
  </message>
  <message>
   <source>no chord</source>
   <translation>kein Akkord</translation>
  </message>
 </context>
 <context>
  <name>ChordSuggestions</name>
  <message>
   <source>Nothing else fits here</source>
   <translation>Nichts anderes passt hier</translation>
  </message>
  <message>
   <source>Suggested chords</source>
   <translation>Vorgeschlagene Akkorde</translation>
  </message>
 </context>
 <context>
  <name>ChordsLane</name>
  <message>
   <source>Change Chord…	Return</source>
   <translation>Akkord ändern…	Eingabe</translation>
  </message>
  <message>
   <source>Chords</source>
   <translation>Akkorde</translation>
  </message>
  <message>
   <source>Click to select, Shift+click or drag for a range, double-click or type to change, padlock or X to lock. Ctrl+Left, Ctrl+Right: from chord to chord, with Shift a longer range; Alt+Left, Alt+Right: single steps.</source>
   <translation>Klick wählt, Umschalt+Klick oder Ziehen wählt eine Strecke, Doppelklick oder Tippen ändert, Schloss oder X sperrt. Strg+Links, Strg+Rechts: von Akkord zu Akkord, mit Umschalt eine längere Strecke; Alt+Links, Alt+Rechts: einzelne Schritte.</translation>
  </message>
  <message>
   <source>Composing…</source>
   <translation>Es wird komponiert…</translation>
  </message>
  <message>
   <source>Lock	X</source>
   <translation>Sperren	X</translation>
  </message>
  <message>
   <source>No music yet: press Ctrl+Shift+R</source>
   <translation>Noch keine Musik: Strg+Umschalt+R drücken</translation>
  </message>
  <message>
   <source>Unlock	X</source>
   <translation>Freigeben	X</translation>
  </message>
  <message>
   <source>free</source>
   <translation>frei</translation>
  </message>
  <message>
   <source>locked</source>
   <translation>gesperrt</translation>
  </message>
  <message>
   <source>steps {first} to {last}</source>
   <translation>Schritte {first} bis {last}</translation>
  </message>
  <message>
   <source>{chord}, steps {first} to {last}</source>
   <translation>{chord}, Schritte {first} bis {last}</translation>
  </message>
 </context>
 <context>
  <name>Core</name>
  <message>
   <source>--prompt '{0}…' is too long, {1} characters: write {2} at most, or several --prompt</source>
   <translation>„{0}…“ ist mit {1} Zeichen zu lang: höchstens {2} schreiben</translation>
  </message>
  <message>
   <source>--prompt {0}: write what the music is to be, in up to {1} characters</source>
   <translation>{0}: schreiben, wie die Musik sein soll, in bis zu {1} Zeichen</translation>
  </message>
  <message>
   <source>CLIP is not installed: pip install "hitpoint[clip]"</source>
   <translation>CLIP ist nicht installiert: pip install "hitpoint[clip]"</translation>
  </message>
  <message>
   <source>File &gt; Find Media… asks for their folder</source>
   <translation>Datei &gt; Medien suchen… fragt nach ihrem Ordner</translation>
  </message>
  <message>
   <source>Looking at {0}</source>
   <translation>{0} wird angesehen</translation>
  </message>
  <message>
   <source>a loudness lies between {0} and {1} LUFS, not {2}</source>
   <translation>eine Lautheit liegt zwischen {0} und {1} LUFS, nicht bei {2}</translation>
  </message>
  <message>
   <source>a mood from {0} to {1} s is empty or outside the music, which goes from {2} to {3} s</source>
   <translation>eine Stimmung von {0} bis {1} s ist leer oder liegt außerhalb der Musik, die von {2} bis {3} s geht</translation>
  </message>
  <message>
   <source>a note of {0} beats at pitch {1} cannot be played</source>
   <translation>eine Note von {0} Schlägen in der Tonhöhe {1} ist nicht spielbar</translation>
  </message>
  <message>
   <source>cannot write {0}: a file has that name: write somewhere else</source>
   <translation>{0} lässt sich nicht schreiben: Eine Datei heißt schon so; woanders schreiben</translation>
  </message>
  <message>
   <source>cannot write {0}: there is no folder {1}: make it, or write somewhere else</source>
   <translation>{0} lässt sich nicht schreiben: Den Ordner {1} gibt es nicht; ihn anlegen, oder woanders schreiben</translation>
  </message>
  <message>
   <source>cannot write {0}: {1} takes no files: write somewhere else</source>
   <translation>{0} lässt sich nicht schreiben: {1} nimmt keine Dateien; woanders schreiben</translation>
  </message>
  <message>
   <source>composing chords</source>
   <translation>Akkorde werden komponiert</translation>
  </message>
  <message>
   <source>cue {0} goes from frame {1} to {2}: split it inside</source>
   <translation>Cue {0} geht von Bild {1} bis {2}: innerhalb teilen</translation>
  </message>
  <message>
   <source>cue {0} is to be crossfaded, but no cue begins within {1} s of its end: move one border, or say join=ring</source>
   <translation>Cue {0} soll überblendet werden, aber kein Cue beginnt innerhalb von {1} s nach seinem Ende: eine Grenze verschieben, oder join=ring</translation>
  </message>
  <message>
   <source>cue {0}: {1}</source>
   <translation>Cue {0}: {1}</translation>
  </message>
  <message>
   <source>drawing the demo films</source>
   <translation>die Demofilme werden gezeichnet</translation>
  </message>
  <message>
   <source>drawing the sound</source>
   <translation>der Ton wird gezeichnet</translation>
  </message>
  <message>
   <source>every part of {0} is switched off, so nothing would be heard: leave one on</source>
   <translation>alle Stimmen von {0} sind aus, es wäre nichts zu hören: eine anlassen</translation>
  </message>
  <message>
   <source>finding media</source>
   <translation>Medien werden gesucht</translation>
  </message>
  <message>
   <source>finding the beats</source>
   <translation>die Schläge werden gesucht</translation>
  </message>
  <message>
   <source>frame {0} lies outside the music: put the hit between its start and its end</source>
   <translation>Bild {0} liegt außerhalb der Musik: Den Treffer zwischen ihren Anfang und ihr Ende setzen</translation>
  </message>
  <message>
   <source>its earlier music cannot be taken up: {0}</source>
   <translation>seine frühere Musik lässt sich nicht aufnehmen: {0}</translation>
  </message>
  <message>
   <source>listening</source>
   <translation>es wird gehört</translation>
  </message>
  <message>
   <source>listening to the edit</source>
   <translation>der Ton des Schnitts wird gehört</translation>
  </message>
  <message>
   <source>loading the models</source>
   <translation>die Modelle werden geladen</translation>
  </message>
  <message>
   <source>looking at the picture</source>
   <translation>das Bild wird angesehen</translation>
  </message>
  <message>
   <source>looking for media</source>
   <translation>Medien werden gesucht</translation>
  </message>
  <message>
   <source>looking for what was played before</source>
   <translation>früher Gespieltes wird gesucht</translation>
  </message>
  <message>
   <source>mastering</source>
   <translation>Mastering</translation>
  </message>
  <message>
   <source>measuring hits</source>
   <translation>Treffer werden gemessen</translation>
  </message>
  <message>
   <source>measuring the mix</source>
   <translation>die Mischung wird gemessen</translation>
  </message>
  <message>
   <source>measuring the sound</source>
   <translation>der Ton wird gemessen</translation>
  </message>
  <message>
   <source>media not found: {0}; these shots are scored from the cut alone ({1})</source>
   <translation>Medien nicht gefunden: {0}; diese Einstellungen werden nur nach dem Schnitt vertont ({1})</translation>
  </message>
  <message>
   <source>music gives way by 0 to {0} dB, not {1}</source>
   <translation>Musik weicht um 0 bis {0} dB zurück, nicht um {1}</translation>
  </message>
  <message>
   <source>no frame of {0} could be decoded: export or copy it again</source>
   <translation>kein Bild von {0} ließ sich decodieren: neu exportieren oder kopieren</translation>
  </message>
  <message>
   <source>no note of the tune begins at beat {0}</source>
   <translation>bei Schlag {0} beginnt keine Note der Melodie</translation>
  </message>
  <message>
   <source>none of the shots under the music is in {0}: score it anew</source>
   <translation>keine der Einstellungen unter der Musik ist in {0}: neu vertonen</translation>
  </message>
  <message>
   <source>nothing changed under the music</source>
   <translation>unter der Musik hat sich nichts geändert</translation>
  </message>
  <message>
   <source>nothing found at {0}: check the path to the edit</source>
   <translation>bei {0} ist nichts: den Pfad zum Schnitt prüfen</translation>
  </message>
  <message>
   <source>nothing to look for: write words, such as "a door opens"</source>
   <translation>nichts zu suchen: Worte schreiben, etwa "eine Tür geht auf"</translation>
  </message>
  <message>
   <source>playing</source>
   <translation>es wird gespielt</translation>
  </message>
  <message>
   <source>playing {0}</source>
   <translation>{0} spielt</translation>
  </message>
  <message>
   <source>reading the notes</source>
   <translation>die Noten werden gelesen</translation>
  </message>
  <message>
   <source>something went wrong inside Hitpoint ({0}; nothing is lost</source>
   <translation>in Hitpoint ist etwas schiefgegangen ({0}; nichts ist verloren</translation>
  </message>
  <message>
   <source>sound font {0} cannot be read ({1})</source>
   <translation>der Soundfont {0} ist nicht lesbar ({1})</translation>
  </message>
  <message>
   <source>the border of {0} is locked: unlock both sections that it lies between</source>
   <translation>die Grenze von {0} ist gesperrt: beide Abschnitte entsperren, zwischen denen sie liegt</translation>
  </message>
  <message>
   <source>the cue is in {0}: to hear it in {1} it has to be composed again; score the edit with --key</source>
   <translation>der Cue steht in {0}: Um ihn in {1} zu hören, muss er neu komponiert werden</translation>
  </message>
  <message>
   <source>the cue was written by a newer Hitpoint: update this one</source>
   <translation>der Cue stammt von einem neueren Hitpoint: dieses aktualisieren</translation>
  </message>
  <message>
   <source>the cut is not the one this music was written for; it was carried over:</source>
   <translation>der Schnitt ist nicht der, für den diese Musik geschrieben wurde; sie wurde übertragen:</translation>
  </message>
  <message>
   <source>the edit has gone, its music has not: {0}</source>
   <translation>der Schnitt ist fort, seine Musik nicht: {0}</translation>
  </message>
  <message>
   <source>the music goes from frame {0} to {1}: it has nothing for {2} to {3}</source>
   <translation>die Musik geht von Bild {0} bis {1}: Für {2} bis {3} hat sie nichts</translation>
  </message>
  <message>
   <source>the sound cannot be written to {0} ({1}); make room there</source>
   <translation>der Ton lässt sich nicht nach {0} schreiben ({1}); dort Platz schaffen</translation>
  </message>
  <message>
   <source>there is a cue {0} already: give another name</source>
   <translation>einen Cue {0} gibt es schon: einen anderen Namen geben</translation>
  </message>
  <message>
   <source>there is no hit point at frame {0}</source>
   <translation>bei Bild {0} ist kein Treffer</translation>
  </message>
  <message>
   <source>there is no sound font {0}; give the path of an .sf2 or .sf3 file</source>
   <translation>den Soundfont {0} gibt es nicht; den Pfad einer .sf2- oder .sf3-Datei geben</translation>
  </message>
  <message>
   <source>there is not enough memory for this: close other programs, or score a shorter range</source>
   <translation>der Speicher reicht dafür nicht: andere Programme schließen, oder einen kürzeren Bereich vertonen</translation>
  </message>
  <message>
   <source>this cue has no plan: compose it again to have one</source>
   <translation>dieser Cue hat keinen Plan: neu komponiert bekommt er einen</translation>
  </message>
  <message>
   <source>two cues are called {0}: give each its own name</source>
   <translation>zwei Cues heißen {0}: jedem einen eigenen Namen geben</translation>
  </message>
  <message>
   <source>write for example C, Am7, D/F#, Am9, F#:sus4, ii7 or N</source>
   <translation>zum Beispiel C, Am7, D/F#, Am9, F#:sus4, ii7 oder N schreiben</translation>
  </message>
  <message>
   <source>writing</source>
   <translation>es wird geschrieben</translation>
  </message>
  <message>
   <source>{0} (its shots are scored from the cut alone)</source>
   <translation>{0} (seine Einstellungen werden nur nach dem Schnitt vertont)</translation>
  </message>
  <message>
   <source>{0} and {1} cannot be joined: {2} lies between them</source>
   <translation>{0} und {1} lassen sich nicht verbinden: {2} liegt dazwischen</translation>
  </message>
  <message>
   <source>{0} can begin with bar {1} to {2}, not with bar {3}</source>
   <translation>{0} kann mit Takt {1} bis {2} beginnen, nicht mit Takt {3}</translation>
  </message>
  <message>
   <source>{0} cannot be decoded ({1}): export or copy it again</source>
   <translation>{0} lässt sich nicht decodieren ({1}): neu exportieren oder kopieren</translation>
  </message>
  <message>
   <source>{0} cannot be read as a movie ({1}): export or copy it again</source>
   <translation>{0} ist nicht als Film lesbar ({1}): neu exportieren oder kopieren</translation>
  </message>
  <message>
   <source>{0} cannot be read as sound ({1}): export or copy it again</source>
   <translation>{0} ist nicht als Ton lesbar ({1}): neu exportieren oder kopieren</translation>
  </message>
  <message>
   <source>{0} cannot be read as {1} ({2}): export it again, or in another format</source>
   <translation>{0} ist nicht als {1} lesbar ({2}): neu exportieren, oder in einem anderen Format</translation>
  </message>
  <message>
   <source>{0} cannot be read: {1}; score the edit again</source>
   <translation>{0} ist nicht lesbar: {1}; den Schnitt neu vertonen</translation>
  </message>
  <message>
   <source>{0} cannot be written ({1}); choose another folder</source>
   <translation>{0} lässt sich nicht schreiben ({1}); einen anderen Ordner wählen</translation>
  </message>
  <message>
   <source>{0} cannot be written ({1}); make room or move on</source>
   <translation>{0} lässt sich nicht schreiben ({1}); Platz schaffen oder woanders schreiben</translation>
  </message>
  <message>
   <source>{0} cannot name a cue: take up to {1} characters</source>
   <translation>{0} taugt nicht als Name eines Cues: bis zu {1} Zeichen nehmen</translation>
  </message>
  <message>
   <source>{0} has no music for its range yet: compose it, then approve it</source>
   <translation>{0} hat noch keine Musik für seinen Bereich: komponieren, dann freigeben</translation>
  </message>
  <message>
   <source>{0} holds no picture: link the clip to a movie or a still</source>
   <translation>{0} enthält kein Bild: den Clip mit einem Film oder Standbild verknüpfen</translation>
  </message>
  <message>
   <source>{0} is damaged at {1} ({2}): save the project again</source>
   <translation>{0} ist bei {1} beschädigt ({2}): das Projekt neu sichern</translation>
  </message>
  <message>
   <source>{0} is empty: export the timeline again</source>
   <translation>{0} ist leer: die Timeline neu exportieren</translation>
  </message>
  <message>
   <source>{0} is empty: its timeline shows no clip; put one on it and export again</source>
   <translation>{0} ist leer: Die Timeline zeigt keinen Clip; einen hineinlegen und neu exportieren</translation>
  </message>
  <message>
   <source>{0} is locked from {1} and would last from {2}: unlock it first</source>
   <translation>{0} ist ab {1} gesperrt und würde ab {2} dauern: zuerst entsperren</translation>
  </message>
  <message>
   <source>{0} is longer than {1} hours: export a shorter part</source>
   <translation>{0} ist länger als {1} Stunden: einen kürzeren Teil exportieren</translation>
  </message>
  <message>
   <source>{0} is no chord symbol; {1}</source>
   <translation>{0} ist kein Akkord; {1}</translation>
  </message>
  <message>
   <source>{0} is no edit that can be read: give {1} or a movie</source>
   <translation>{0} ist kein lesbarer Schnitt: {1} oder einen Film geben</translation>
  </message>
  <message>
   <source>{0} is no key: write for example 'A minor', 'Eb major' or 'auto'</source>
   <translation>{0} ist keine Tonart: zum Beispiel 'A minor', 'Eb major' oder 'auto' schreiben</translation>
  </message>
  <message>
   <source>{0} is no tempo: write {1} to {2} quarter notes a minute, or auto</source>
   <translation>{0} ist kein Tempo: {1} bis {2} Viertel je Minute schreiben, oder auto</translation>
  </message>
  <message>
   <source>{0} is no theme: write A, A', B ...</source>
   <translation>{0} ist kein Thema: A, A', B ... schreiben</translation>
  </message>
  <message>
   <source>{0} is no timecode at {1} frames a second</source>
   <translation>{0} ist kein Timecode bei {1} Bildern je Sekunde</translation>
  </message>
  <message>
   <source>{0} is not there: relink the clip, or name the folder its media is in</source>
   <translation>{0} ist nicht da: den Clip neu verknüpfen, oder den Ordner seiner Medien nennen</translation>
  </message>
  <message>
   <source>{0} tells no frame rate (0 frames a second, or no clip): export it again</source>
   <translation>{0} nennt keine Bildrate (0 Bilder je Sekunde, oder kein Clip): neu exportieren</translation>
  </message>
  <message>
   <source>{0}: behind the stroke stands a degree alone, as in V7/V</source>
   <translation>{0}: Hinter dem Strich steht eine Stufe allein, wie in V7/V</translation>
  </message>
  <message>
   <source>{0}: behind the stroke stands the note in the bass, as in D/F#</source>
   <translation>{0}: Hinter dem Strich steht der Basston, wie in D/F#</translation>
  </message>
  <message>
   <source>{0}: check the disk and the rights to that folder, then try again</source>
   <translation>{0}: Datenträger und Rechte am Ordner prüfen, dann noch einmal versuchen</translation>
  </message>
  <message>
   <source>{0}: there is no chord quality {1}; {2}</source>
   <translation>{0}: Die Akkordart {1} gibt es nicht; {2}</translation>
  </message>
 </context>
 <context>
  <name>CueLane</name>
  <message>
   <source>Approved</source>
   <translation>Abgenommen</translation>
  </message>
  <message>
   <source>Compose</source>
   <translation>Komponieren</translation>
  </message>
  <message>
   <source>Compose the Rest</source>
   <translation>Den Rest komponieren</translation>
  </message>
  <message>
   <source>Cues</source>
   <translation>Cues</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>Duplizieren</translation>
  </message>
  <message>
   <source>Join with the Next</source>
   <translation>Mit dem nächsten zusammenfügen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>No cue yet: drag here, or mark a range with I and O and press N</source>
   <translation>Noch kein Cue: hier ziehen, oder mit I und O einen Bereich markieren und N drücken</translation>
  </message>
  <message>
   <source>Rename Cue</source>
   <translation>Cue umbenennen</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>Umbenennen…</translation>
  </message>
  <message>
   <source>Split Here</source>
   <translation>Hier teilen</translation>
  </message>
  <message>
   <source>Where music is, or is to be. Drag in silence for a new cue, drag a border to resize one, double-click to go there; the menu splits, joins, names, approves and composes. Hatched: it reaches beyond its music.</source>
   <translation>Wo Musik ist oder sein soll. Ziehen in der Stille macht ein neues Cue, Ziehen an einer Grenze ändert seine Länge, Doppelklick geht dorthin; das Menü teilt, fügt zusammen, benennt, nimmt ab und komponiert. Schraffiert: es reicht über seine Musik hinaus.</translation>
  </message>
 </context>
 <context>
  <name>CueShowing</name>
  <message>
   <source>Compose the Rest</source>
   <translation>Den Rest komponieren</translation>
  </message>
  <message>
   <source>Compose what the range has more than the music; that stays</source>
   <translation>Komponieren, was der Bereich über die Musik hinaus hat; sie bleibt</translation>
  </message>
 </context>
 <context>
  <name>CueTable</name>
  <message>
   <source>1 cue, {share} % of the edit</source>
   <translation>1 Cue, {share} % des Schnitts</translation>
  </message>
  <message>
   <source>A cue for the marked range, else for the silence at the playhead (N)</source>
   <translation>Ein Cue für den markierten Bereich, sonst für die Stille am Abspielkopf (N)</translation>
  </message>
  <message>
   <source>Approve</source>
   <translation>Abnehmen</translation>
  </message>
  <message>
   <source>Approve the chosen cues, or take it back</source>
   <translation>Die gewählten Cues abnehmen, oder die Abnahme zurücknehmen</translation>
  </message>
  <message>
   <source>Compose</source>
   <translation>Komponieren</translation>
  </message>
  <message>
   <source>Compose All</source>
   <translation>Alle komponieren</translation>
  </message>
  <message>
   <source>Compose every cue that has no music for its range and words; the others are kept</source>
   <translation>Jeden Cue komponieren, der für seinen Bereich und seine Worte keine Musik hat; die anderen bleiben</translation>
  </message>
  <message>
   <source>Compose the chosen cues, locks stay (Ctrl+Shift+C)</source>
   <translation>Die gewählten Cues komponieren, Sperren bleiben (Strg+Umschalt+C)</translation>
  </message>
  <message>
   <source>Cue</source>
   <translation>Cue</translation>
  </message>
  <message>
   <source>Cues</source>
   <translation>Cues</translation>
  </message>
  <message>
   <source>Double-click goes there; F2, or a click on a chosen row, changes a name, a time, a style, a note</source>
   <translation>Doppelklick geht dorthin; F2, oder ein Klick auf eine gewählte Zeile, ändert Name, Zeit, Stil oder Notiz</translation>
  </message>
  <message>
   <source>How much of the film has music</source>
   <translation>Wie viel vom Film Musik hat</translation>
  </message>
  <message>
   <source>In</source>
   <translation>In</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Notizen</translation>
  </message>
  <message>
   <source>Out</source>
   <translation>Out</translation>
  </message>
  <message>
   <source>Propose</source>
   <translation>Vorschlagen</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>Take up where music could be: markers, temp music, picture and speech</source>
   <translation>Vorschlagen, wo Musik sein könnte: nach Markern, Temp-Musik, Bild und Sprache</translation>
  </message>
  <message>
   <source>crossfade of {seconds} s to the next cue</source>
   <translation>Überblendung von {seconds} s zum nächsten Cue</translation>
  </message>
  <message>
   <source>{count} cues, {share} % of the edit</source>
   <translation>{count} Cues, {share} % des Schnitts</translation>
  </message>
  <message>
   <source>{name} would be empty: {text} was not taken</source>
   <translation>{name} wäre leer: {text} wurde nicht übernommen</translation>
  </message>
 </context>
 <context>
  <name>CueWiring</name>
  <message>
   <source>No stretch is selected: select chords, or mark a range with I and O.</source>
   <translation>Keine Strecke ist gewählt: Akkorde wählen, oder mit I und O einen Bereich markieren.</translation>
  </message>
  <message>
   <source>There is no range: mark one with I and O, or drag along the upper half of the ruler.</source>
   <translation>Es gibt keinen Bereich: mit I und O einen markieren, oder in der oberen Hälfte des Lineals ziehen.</translation>
  </message>
 </context>
 <context>
  <name>Cues</name>
  <message>
   <source>approved</source>
   <translation>abgenommen</translation>
  </message>
  <message>
   <source>composed</source>
   <translation>komponiert</translation>
  </message>
  <message>
   <source>outdated</source>
   <translation>veraltet</translation>
  </message>
  <message>
   <source>proposed</source>
   <translation>vorgeschlagen</translation>
  </message>
 </context>
 <context>
  <name>DeliveredDialog</name>
  <message>
   <source>Drag these into your editing program:</source>
   <translation>Diese Dateien ins Schnittprogramm ziehen:</translation>
  </message>
  <message>
   <source>Show in Folder</source>
   <translation>Im Ordner zeigen</translation>
  </message>
  <message>
   <source>Timeline: {0}
Sound: {1}
Folder: {2}</source>
   <translation>Timeline: {0}
Ton: {1}
Ordner: {2}</translation>
  </message>
  <message>
   <source>Written Back</source>
   <translation>Zurückgeschrieben</translation>
  </message>
 </context>
 <context>
  <name>DynamicsLane</name>
  <message>
   <source>Density</source>
   <translation>Dichte</translation>
  </message>
  <message>
   <source>Draw with the mouse; drawn steps are solid, the picture's are pale. Up, Down: change the selected steps; Ctrl+Left, Ctrl+Right: from step to step; Alt+Up, Alt+Down: more, less; Delete: leave them to the picture.</source>
   <translation>Mit der Maus zeichnen; Gezeichnetes ist kräftig, das des Bildes blass. Auf, Ab: die gewählten Schritte ändern; Strg+Links, Strg+Rechts: von Schritt zu Schritt; Alt+Auf, Alt+Ab: mehr, weniger; Entf: dem Bild überlassen.</translation>
  </message>
  <message>
   <source>Leave to the Picture</source>
   <translation>Dem Bild überlassen</translation>
  </message>
  <message>
   <source>Loudness</source>
   <translation>Lautstärke</translation>
  </message>
  <message>
   <source>drawn or asked for by you</source>
   <translation>von dir gezeichnet oder verlangt</translation>
  </message>
  <message>
   <source>from the picture</source>
   <translation>vom Bild</translation>
  </message>
  <message>
   <source>{value:.0f} notes/s</source>
   <translation>{value:.0f} Töne/s</translation>
  </message>
 </context>
 <context>
  <name>Extras</name>
  <message>
   <source>Looking for chords</source>
   <translation>Akkorde werden gesucht</translation>
  </message>
  <message>
   <source>The keys cannot be remembered in {0}: check the disk and its rights</source>
   <translation>Die Tasten können nicht in {0} gemerkt werden: Datenträger und Rechte prüfen</translation>
  </message>
 </context>
 <context>
  <name>FilesList</name>
  <message>
   <source>Drag files from here into your editing program; Ctrl+A selects all</source>
   <translation>Dateien von hier ins Schnittprogramm ziehen; Strg+A wählt alle</translation>
  </message>
  <message>
   <source>Written files</source>
   <translation>Geschriebene Dateien</translation>
  </message>
 </context>
 <context>
  <name>FindPage</name>
  <message>
   <source>A door opens, a close-up of hands …</source>
   <translation>Eine Tür geht auf, Hände von nahem …</translation>
  </message>
  <message>
   <source>Add Hit</source>
   <translation>Treffer setzen</translation>
  </message>
  <message>
   <source>Ask the music to meet this moment</source>
   <translation>Die Musik soll diesen Moment treffen</translation>
  </message>
  <message>
   <source>Click or walk with the arrows to go there</source>
   <translation>Klicken oder mit den Pfeilen gehen, um dorthin zu springen</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>In and out around this moment</source>
   <translation>In und Out um diesen Moment</translation>
  </message>
  <message>
   <source>Look for moments like that</source>
   <translation>Nach solchen Momenten suchen</translation>
  </message>
  <message>
   <source>Mark Range</source>
   <translation>Bereich markieren</translation>
  </message>
  <message>
   <source>Moments found</source>
   <translation>Gefundene Momente</translation>
  </message>
  <message>
   <source>Say what is seen and press Return.</source>
   <translation>Sag, was zu sehen ist, und drücke Eingabe.</translation>
  </message>
  <message>
   <source>What to look for</source>
   <translation>Wonach gesucht wird</translation>
  </message>
  <message>
   <source>Words for what is seen; Return looks for it</source>
   <translation>Worte für das, was zu sehen ist; die Eingabetaste sucht</translation>
  </message>
  <message>
   <source>clear</source>
   <translation>klar</translation>
  </message>
  <message>
   <source>doubtful</source>
   <translation>zweifelhaft</translation>
  </message>
  <message>
   <source>weak</source>
   <translation>schwach</translation>
  </message>
 </context>
 <context>
  <name>FormLane</name>
  <message>
   <source>Build</source>
   <translation>Steigerung</translation>
  </message>
  <message>
   <source>Episode</source>
   <translation>Episode</translation>
  </message>
  <message>
   <source>Finale</source>
   <translation>Finale</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Free</source>
   <translation>Frei</translation>
  </message>
  <message>
   <source>Intro</source>
   <translation>Einleitung</translation>
  </message>
  <message>
   <source>Lock Section</source>
   <translation>Abschnitt sperren</translation>
  </message>
  <message>
   <source>Release</source>
   <translation>Entspannung</translation>
  </message>
  <message>
   <source>Sections, themes and tension. Drag a border to another bar line; the menu sets the summit, names the theme and locks a section. Ctrl+Left, Ctrl+Right: from section to section; Alt+Left, Alt+Right: its border; A to D: its theme, again for a variant; X: lock; S: summit at the playhead; Return: menu. What changed is heard when it is composed again, a summit at once.</source>
   <translation>Abschnitte, Themen und Spannung. Eine Grenze auf einen anderen Taktstrich ziehen; das Menü setzt den Höhepunkt, nennt das Thema und sperrt einen Abschnitt. Strg+Links, Strg+Rechts: von Abschnitt zu Abschnitt; Alt+Links, Alt+Rechts: seine Grenze; A bis D: sein Thema, noch einmal für eine Variante; X: sperren; S: Höhepunkt am Abspielkopf; Eingabe: Menü. Was sich ändert, hört man nach neuem Komponieren, einen Höhepunkt sofort.</translation>
  </message>
  <message>
   <source>Summit</source>
   <translation>Höhepunkt</translation>
  </message>
  <message>
   <source>Summit Here</source>
   <translation>Höhepunkt hier</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Thema</translation>
  </message>
 </context>
 <context>
  <name>HitsLane</name>
  <message>
   <source>Add Hit Here</source>
   <translation>Treffer hier</translation>
  </message>
  <message>
   <source>Click a hit to go there, double-click to want it or let it pass, or to add one; drag your own to move it. Ctrl+Left, Ctrl+Right: from hit to hit; Return: want or let pass; Insert, Delete: add at the playhead, remove; Alt+Left, Alt+Right: move.</source>
   <translation>Klick geht zum Treffer, Doppelklick will ihn oder lässt ihn, oder fügt einen hinzu; eigene lassen sich durch Ziehen verschieben. Strg+Links, Strg+Rechts: von Treffer zu Treffer; Eingabe: wollen oder lassen; Einfg, Entf: am Abspielkopf hinzufügen, entfernen; Alt+Links, Alt+Rechts: verschieben.</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Schnitt</translation>
  </message>
  <message>
   <source>Double-click to add a hit</source>
   <translation>Doppelklick fügt einen Treffer hinzu</translation>
  </message>
  <message>
   <source>Go to Hit</source>
   <translation>Zum Treffer gehen</translation>
  </message>
  <message>
   <source>Hits</source>
   <translation>Treffer</translation>
  </message>
  <message>
   <source>Let This Hit Pass</source>
   <translation>Diesen Treffer lassen</translation>
  </message>
  <message>
   <source>Remove Hit</source>
   <translation>Treffer entfernen</translation>
  </message>
  <message>
   <source>Want This Hit</source>
   <translation>Diesen Treffer wollen</translation>
  </message>
  <message>
   <source>how well it is met shows once the music has been rendered</source>
   <translation>wie gut er getroffen wird, zeigt sich, wenn die Musik gespielt ist</translation>
  </message>
  <message>
   <source>let pass</source>
   <translation>gelassen</translation>
  </message>
  <message>
   <source>met exactly</source>
   <translation>genau getroffen</translation>
  </message>
  <message>
   <source>music {ms:.0f} ms early ({frames})</source>
   <translation>Musik {ms:.0f} ms zu früh ({frames})</translation>
  </message>
  <message>
   <source>music {ms:.0f} ms late ({frames})</source>
   <translation>Musik {ms:.0f} ms zu spät ({frames})</translation>
  </message>
  <message>
   <source>wanted</source>
   <translation>gewollt</translation>
  </message>
 </context>
 <context>
  <name>ListeningPage</name>
  <message>
   <source>Click on the beats</source>
   <translation>Klick auf den Schlägen</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Hear where the beats and bars of the music fall</source>
   <translation>Hören, wohin Schläge und Takte der Musik fallen</translation>
  </message>
  <message>
   <source>Integrated</source>
   <translation>Integriert</translation>
  </message>
  <message>
   <source>Integrated loudness since the reset</source>
   <translation>Integrierte Lautheit seit dem Zurücksetzen</translation>
  </message>
  <message>
   <source>Level of the production sound while listening, decibels</source>
   <translation>Pegel des Originaltons beim Abhören, in Dezibel</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>Abhören</translation>
  </message>
  <message>
   <source>Measure integrated loudness and true peak anew</source>
   <translation>Integrierte Lautheit und True Peak neu messen</translation>
  </message>
  <message>
   <source>Meters</source>
   <translation>Pegel</translation>
  </message>
  <message>
   <source>Momentary</source>
   <translation>Momentan</translation>
  </message>
  <message>
   <source>Momentary loudness, 400 ms</source>
   <translation>Momentane Lautheit, 400 ms</translation>
  </message>
  <message>
   <source>Monitor</source>
   <translation>Abhörpegel</translation>
  </message>
  <message>
   <source>Monitor level, decibels; files do not change</source>
   <translation>Abhörpegel in Dezibel; Dateien ändern sich nicht</translation>
  </message>
  <message>
   <source>Production</source>
   <translation>Originalton</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Reset the meters</source>
   <translation>Pegel zurücksetzen</translation>
  </message>
  <message>
   <source>Short-term</source>
   <translation>Kurzzeit</translation>
  </message>
  <message>
   <source>Short-term loudness, three seconds</source>
   <translation>Kurzzeitlautheit, drei Sekunden</translation>
  </message>
  <message>
   <source>Sound device</source>
   <translation>Tongerät</translation>
  </message>
  <message>
   <source>System default</source>
   <translation>Vorgabe des Systems</translation>
  </message>
  <message>
   <source>True peak</source>
   <translation>True Peak</translation>
  </message>
  <message>
   <source>What plays; it is remembered</source>
   <translation>Was spielt; es wird gemerkt</translation>
  </message>
 </context>
 <context>
  <name>Mood</name>
  <message>
   <source>Exciting</source>
   <translation>Mitreißend</translation>
  </message>
  <message>
   <source>Fearful</source>
   <translation>Ängstlich</translation>
  </message>
  <message>
   <source>Neutral</source>
   <translation>Neutral</translation>
  </message>
  <message>
   <source>Relaxing</source>
   <translation>Entspannt</translation>
  </message>
  <message>
   <source>Sad</source>
   <translation>Traurig</translation>
  </message>
  <message>
   <source>Tense</source>
   <translation>Angespannt</translation>
  </message>
 </context>
 <context>
  <name>MoodLane</name>
  <message>
   <source>From the Picture</source>
   <translation>Vom Bild</translation>
  </message>
  <message>
   <source>Mood</source>
   <translation>Stimmung</translation>
  </message>
  <message>
   <source>Pale is from the picture, solid is your wish. Drag an edge, sweep over a stretch, or double-click to choose. Ctrl+Left, Ctrl+Right: from stretch to stretch; Ctrl+1 to Ctrl+6: a mood; Return: the pad; Delete: from the picture.</source>
   <translation>Blass ist vom Bild, kräftig dein Wunsch. Eine Kante ziehen, über eine Strecke wischen, oder doppelt klicken. Strg+Links, Strg+Rechts: von Strecke zu Strecke; Strg+1 bis Strg+6: eine Stimmung; Eingabe: das Feld; Entf: vom Bild.</translation>
  </message>
  <message>
   <source>Point on the Pad…</source>
   <translation>Punkt auf dem Feld…</translation>
  </message>
  <message>
   <source>from the cuts</source>
   <translation>nach den Schnitten</translation>
  </message>
  <message>
   <source>from the picture</source>
   <translation>vom Bild</translation>
  </message>
  <message>
   <source>your wish</source>
   <translation>dein Wunsch</translation>
  </message>
  <message>
   <source>{mood}, from picture</source>
   <translation>{mood}, vom Bild</translation>
  </message>
  <message>
   <source>{mood}, from the cuts</source>
   <translation>{mood}, nach den Schnitten</translation>
  </message>
 </context>
 <context>
  <name>MoodPad</name>
  <message>
   <source>Click a mood or a point between. Arrows move it, 1 to 6 take a mood, Return chooses.</source>
   <translation>Eine Stimmung oder einen Punkt dazwischen anklicken. Pfeile bewegen ihn, 1 bis 6 nehmen eine Stimmung, Eingabe wählt.</translation>
  </message>
  <message>
   <source>Mood</source>
   <translation>Stimmung</translation>
  </message>
  <message>
   <source>calm</source>
   <translation>ruhig</translation>
  </message>
  <message>
   <source>excited</source>
   <translation>erregt</translation>
  </message>
  <message>
   <source>happy</source>
   <translation>glücklich</translation>
  </message>
  <message>
   <source>unhappy</source>
   <translation>unglücklich</translation>
  </message>
  <message>
   <source>valence {valence:.2f}, arousal {arousal:.2f}, nearest to {mood}</source>
   <translation>Valenz {valence:.2f}, Erregung {arousal:.2f}, am nächsten bei {mood}</translation>
  </message>
 </context>
 <context>
  <name>MoodPopup</name>
  <message>
   <source>From the Picture</source>
   <translation>Vom Bild</translation>
  </message>
  <message>
   <source>Leave the mood of this stretch to the picture</source>
   <translation>Die Stimmung dieser Strecke dem Bild überlassen</translation>
  </message>
 </context>
 <context>
  <name>NotesLane</name>
  <message>
   <source>Add Note Here</source>
   <translation>Ton hier</translation>
  </message>
  <message>
   <source>Click a note to lock or free it, drag it to another time or pitch, double-click to add one. Ctrl+Left, Ctrl+Right: from note to note; Alt+Up, Alt+Down: another pitch; Alt+Left, Alt+Right: move; Return: lock; Delete: remove.</source>
   <translation>Klick sperrt einen Ton oder gibt ihn frei, Ziehen bewegt ihn in Zeit und Höhe, Doppelklick fügt einen hinzu. Strg+Links, Strg+Rechts: von Ton zu Ton; Alt+Auf, Alt+Ab: andere Höhe; Alt+Links, Alt+Rechts: verschieben; Eingabe: sperren; Entf: entfernen.</translation>
  </message>
  <message>
   <source>Free This Note</source>
   <translation>Diesen Ton freigeben</translation>
  </message>
  <message>
   <source>Lock This Note</source>
   <translation>Diesen Ton sperren</translation>
  </message>
  <message>
   <source>Melody</source>
   <translation>Melodie</translation>
  </message>
  <message>
   <source>No melody is written here; a double click adds a note</source>
   <translation>Hier steht keine Melodie; ein Doppelklick fügt einen Ton hinzu</translation>
  </message>
  <message>
   <source>Remove Note</source>
   <translation>Ton entfernen</translation>
  </message>
  <message>
   <source>free</source>
   <translation>frei</translation>
  </message>
  <message>
   <source>locked</source>
   <translation>gesperrt</translation>
  </message>
  <message>
   <source>{pitch}, beat {beat:g}, {state}</source>
   <translation>{pitch}, Schlag {beat:g}, {state}</translation>
  </message>
 </context>
 <context>
  <name>NoticeBar</name>
  <message>
   <source>All lines</source>
   <translation>Alle Zeilen</translation>
  </message>
  <message>
   <source>All of this message, in a list</source>
   <translation>Die ganze Meldung als Liste</translation>
  </message>
  <message>
   <source>Dismiss this message</source>
   <translation>Diese Meldung schließen</translation>
  </message>
  <message>
   <source>Error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Meldung</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>Show All</source>
   <translation>Alle zeigen</translation>
  </message>
  <message>
   <source>Show all</source>
   <translation>Alle zeigen</translation>
  </message>
  <message>
   <source>What can be done about it</source>
   <translation>Was man dagegen tun kann</translation>
  </message>
  <message>
   <source>… and {0} more</source>
   <translation>… und {0} weitere</translation>
  </message>
 </context>
 <context>
  <name>Panel</name>
  <message>
   <source>1 chord</source>
   <translation>1 Akkord</translation>
  </message>
  <message>
   <source>Compose It Now</source>
   <translation>Jetzt komponieren</translation>
  </message>
  <message>
   <source>Compose that stretch again; locks stay</source>
   <translation>Diese Strecke neu komponieren; Sperren bleiben</translation>
  </message>
  <message>
   <source>Cues</source>
   <translation>Cues</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Find Media…</source>
   <translation>Medien suchen…</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>Abhören</translation>
  </message>
  <message>
   <source>Music</source>
   <translation>Musik</translation>
  </message>
  <message>
   <source>Name the folder in which the edit's media lie; it is remembered</source>
   <translation>Den Ordner nennen, in dem die Medien des Schnitts liegen; er wird gemerkt</translation>
  </message>
  <message>
   <source>None yet</source>
   <translation>Noch keine</translation>
  </message>
  <message>
   <source>Open &amp;Recent</source>
   <translation>Z&amp;uletzt geöffnet</translation>
  </message>
  <message>
   <source>Parts</source>
   <translation>Stimmen</translation>
  </message>
  <message>
   <source>Takes</source>
   <translation>Takes</translation>
  </message>
  <message>
   <source>Takes, music, parts, cues, words and temp</source>
   <translation>Takes, Musik, Stimmen, Cues, Worte und Temp</translation>
  </message>
  <message>
   <source>Temp</source>
   <translation>Temp</translation>
  </message>
  <message>
   <source>The cue in short</source>
   <translation>Das Cue in Kürze</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Worte</translation>
  </message>
  <message>
   <source>{0} chords</source>
   <translation>{0} Akkorde</translation>
  </message>
  <message>
   <source>{0} locked</source>
   <translation>{0} gesperrt</translation>
  </message>
 </context>
 <context>
  <name>PartsList</name>
  <message>
   <source> oct</source>
   <translation> Okt</translation>
  </message>
  <message>
   <source>All of this is written into the files; solo and mute change only what you hear.</source>
   <translation>All das wird in die Dateien geschrieben; Solo und Stumm ändern nur, was man hört.</translation>
  </message>
  <message>
   <source>Do not hear {0}</source>
   <translation>{0} nicht hören</translation>
  </message>
  <message>
   <source>Hear {0} alone</source>
   <translation>{0} allein hören</translation>
  </message>
  <message>
   <source>Instrument of {0}</source>
   <translation>Instrument von {0}</translation>
  </message>
  <message>
   <source>Level in the mix: {0}</source>
   <translation>Pegel in der Mischung: {0}</translation>
  </message>
  <message>
   <source>Level of {0}, decibels</source>
   <translation>Pegel von {0} in Dezibel</translation>
  </message>
  <message>
   <source>Octave of {0}</source>
   <translation>Oktave von {0}</translation>
  </message>
  <message>
   <source>Octaves higher or lower than the style has {0}</source>
   <translation>Oktaven höher oder tiefer, als der Stil {0} setzt</translation>
  </message>
  <message>
   <source>Parts</source>
   <translation>Stimmen</translation>
  </message>
  <message>
   <source>Place from left to right: {0}</source>
   <translation>Platz von links nach rechts: {0}</translation>
  </message>
  <message>
   <source>Place of {0} from left to right</source>
   <translation>Platz von {0} von links nach rechts</translation>
  </message>
  <message>
   <source>What plays {0}</source>
   <translation>Was {0} spielt</translation>
  </message>
  <message>
   <source>Whether {0} plays</source>
   <translation>Ob {0} spielt</translation>
  </message>
  <message>
   <source>as in the style</source>
   <translation>wie im Stil</translation>
  </message>
  <message>
   <source>{0} plays</source>
   <translation>{0} spielt</translation>
  </message>
 </context>
 <context>
  <name>PictureWindow</name>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Picture — Hitpoint</source>
   <translation>Bild — Hitpoint</translation>
  </message>
 </context>
 <context>
  <name>Places</name>
  <message>
   <source>Follow Another Cut</source>
   <translation>Anderem Schnitt folgen</translation>
  </message>
  <message>
   <source>Open Edit</source>
   <translation>Schnitt öffnen</translation>
  </message>
  <message>
   <source>The Folder of the Media</source>
   <translation>Der Ordner der Medien</translation>
  </message>
  <message>
   <source>Write the Music to Another Folder</source>
   <translation>Die Musik in einen anderen Ordner schreiben</translation>
  </message>
 </context>
 <context>
  <name>Presenter</name>
  <message>
   <source>A cue needs a range: mark one with I and O, or drag in the cue lane.</source>
   <translation>Ein Cue braucht einen Bereich: mit I und O einen markieren, oder in der Cue-Spur ziehen.</translation>
  </message>
  <message>
   <source>A cue needs two frames at least.</source>
   <translation>Ein Cue braucht mindestens zwei Bilder.</translation>
  </message>
  <message>
   <source>A take with the picture is in the list. Your music is as it was; T goes to the take.</source>
   <translation>In der Liste steht ein Take mit dem Bild. Ihre Musik ist, wie sie war; T geht zum Take.</translation>
  </message>
  <message>
   <source>Add Hit</source>
   <translation>Treffer hinzufügen</translation>
  </message>
  <message>
   <source>Add Note</source>
   <translation>Ton hinzufügen</translation>
  </message>
  <message>
   <source>All cues are composed. Compose All Anew replaces their music.</source>
   <translation>Alle Cues sind komponiert. Alle Cues neu komponieren ersetzt ihre Musik.</translation>
  </message>
  <message>
   <source>All media are found. 'Start Over' lets the picture lead the music.</source>
   <translation>Alle Medien sind gefunden. »Von vorn beginnen« lässt das Bild die Musik führen.</translation>
  </message>
  <message>
   <source>All of these chords are locked: unlock some to compose them again.</source>
   <translation>All diese Akkorde sind gesperrt: einige freigeben, um sie neu zu komponieren.</translation>
  </message>
  <message>
   <source>Approve {names}</source>
   <translation>{names} abnehmen</translation>
  </message>
  <message>
   <source>At strength 0 nothing changes.</source>
   <translation>Bei Stärke 0 ändert sich nichts.</translation>
  </message>
  <message>
   <source>Bring Back {part}</source>
   <translation>{part} zurückholen</translation>
  </message>
  <message>
   <source>Change Broadcast Wave</source>
   <translation>Broadcast Wave ändern</translation>
  </message>
  <message>
   <source>Change Ducking</source>
   <translation>Absenkung ändern</translation>
  </message>
  <message>
   <source>Change Fade-in</source>
   <translation>Einblendung ändern</translation>
  </message>
  <message>
   <source>Change Fade-out</source>
   <translation>Ausblendung ändern</translation>
  </message>
  <message>
   <source>Change Key to {key}</source>
   <translation>Tonart zu {key} ändern</translation>
  </message>
  <message>
   <source>Change Loudness</source>
   <translation>Lautheit ändern</translation>
  </message>
  <message>
   <source>Change Mood Strength</source>
   <translation>Stärke der Stimmung ändern</translation>
  </message>
  <message>
   <source>Change Style of {name} to {style}</source>
   <translation>Stil von {name} zu {style} ändern</translation>
  </message>
  <message>
   <source>Change Style to {style}</source>
   <translation>Stil zu {style} ändern</translation>
  </message>
  <message>
   <source>Change Tempo to {bpm:g}</source>
   <translation>Tempo zu {bpm:g} ändern</translation>
  </message>
  <message>
   <source>Choose Take</source>
   <translation>Take wählen</translation>
  </message>
  <message>
   <source>Compose the Rest of {name}</source>
   <translation>Rest von {name} komponieren</translation>
  </message>
  <message>
   <source>Compose with the Picture</source>
   <translation>Mit dem Bild komponieren</translation>
  </message>
  <message>
   <source>Compose {name}</source>
   <translation>{name} komponieren</translation>
  </message>
  <message>
   <source>Composed from the cuts. The picture is being looked at; a take with it will follow.</source>
   <translation>Nach den Schnitten komponiert. Das Bild wird angesehen; ein Take mit ihm folgt.</translation>
  </message>
  <message>
   <source>Composing</source>
   <translation>Es wird komponiert</translation>
  </message>
  <message>
   <source>Composing more takes</source>
   <translation>Weitere Takes werden komponiert</translation>
  </message>
  <message>
   <source>Composing with the picture</source>
   <translation>Komponieren mit dem Bild</translation>
  </message>
  <message>
   <source>Composing {count} cues</source>
   <translation>{count} Cues werden komponiert</translation>
  </message>
  <message>
   <source>Create Cue {name}</source>
   <translation>Cue {name} anlegen</translation>
  </message>
  <message>
   <source>Delete {names}</source>
   <translation>{names} löschen</translation>
  </message>
  <message>
   <source>Density from Picture</source>
   <translation>Dichte vom Bild</translation>
  </message>
  <message>
   <source>Do Not Follow {temp} in {name}</source>
   <translation>{temp} in {name} nicht folgen</translation>
  </message>
  <message>
   <source>Draw Density</source>
   <translation>Dichte zeichnen</translation>
  </message>
  <message>
   <source>Draw Loudness</source>
   <translation>Lautstärke zeichnen</translation>
  </message>
  <message>
   <source>Drawing the sound</source>
   <translation>Der Ton wird gezeichnet</translation>
  </message>
  <message>
   <source>Duplicate {name}</source>
   <translation>{name} duplizieren</translation>
  </message>
  <message>
   <source>Dynamics from Picture</source>
   <translation>Dynamik vom Bild</translation>
  </message>
  <message>
   <source>Fit Tempo to Hits</source>
   <translation>Tempo an Treffer anpassen</translation>
  </message>
  <message>
   <source>Fitting the tempo</source>
   <translation>Das Tempo wird angepasst</translation>
  </message>
  <message>
   <source>Follow the New Cut</source>
   <translation>Dem neuen Schnitt folgen</translation>
  </message>
  <message>
   <source>Follow {temp} in {name}</source>
   <translation>{temp} in {name} folgen</translation>
  </message>
  <message>
   <source>Following the new cut</source>
   <translation>Der neue Schnitt wird übernommen</translation>
  </message>
  <message>
   <source>Instrument of {part}</source>
   <translation>Instrument von {part}</translation>
  </message>
  <message>
   <source>Join {first} and {second}</source>
   <translation>{first} und {second} zusammenfügen</translation>
  </message>
  <message>
   <source>Joining takes two neighbours: choose both, or the first of them.</source>
   <translation>Zusammenfügen braucht zwei Nachbarn: beide wählen, oder den ersten davon.</translation>
  </message>
  <message>
   <source>Keeping takes</source>
   <translation>Takes werden aufgehoben</translation>
  </message>
  <message>
   <source>Kept as they are: {names}</source>
   <translation>Unverändert: {names}</translation>
  </message>
  <message>
   <source>Leave Out {part}</source>
   <translation>{part} weglassen</translation>
  </message>
  <message>
   <source>Left out, because a cue is there: {names}.</source>
   <translation>Weggelassen, weil dort schon ein Cue ist: {names}.</translation>
  </message>
  <message>
   <source>Let Hit Pass</source>
   <translation>Treffer lassen</translation>
  </message>
  <message>
   <source>Level by Cue</source>
   <translation>Je Cue aussteuern</translation>
  </message>
  <message>
   <source>Level by Programme</source>
   <translation>Als Programm aussteuern</translation>
  </message>
  <message>
   <source>Level of {part}</source>
   <translation>Pegel von {part}</translation>
  </message>
  <message>
   <source>Lock Chord</source>
   <translation>Akkord sperren</translation>
  </message>
  <message>
   <source>Lock Chords</source>
   <translation>Akkorde sperren</translation>
  </message>
  <message>
   <source>Lock Note</source>
   <translation>Ton sperren</translation>
  </message>
  <message>
   <source>Lock Section</source>
   <translation>Abschnitt sperren</translation>
  </message>
  <message>
   <source>Looking at the picture</source>
   <translation>Das Bild wird angesehen</translation>
  </message>
  <message>
   <source>Looking for chords</source>
   <translation>Akkorde werden gesucht</translation>
  </message>
  <message>
   <source>Looking for media</source>
   <translation>Medien werden gesucht</translation>
  </message>
  <message>
   <source>Looking for temp music</source>
   <translation>Temp-Musik wird gesucht</translation>
  </message>
  <message>
   <source>Looking where music could be</source>
   <translation>Es wird gesucht, wo Musik sein könnte</translation>
  </message>
  <message>
   <source>Loudness from Picture</source>
   <translation>Lautstärke vom Bild</translation>
  </message>
  <message>
   <source>Making the demo edit</source>
   <translation>Der Demo-Schnitt wird gemacht</translation>
  </message>
  <message>
   <source>Measuring hits</source>
   <translation>Treffer werden gemessen</translation>
  </message>
  <message>
   <source>Meet Hit</source>
   <translation>Treffer wollen</translation>
  </message>
  <message>
   <source>Move Hit</source>
   <translation>Treffer verschieben</translation>
  </message>
  <message>
   <source>Move Note</source>
   <translation>Ton verschieben</translation>
  </message>
  <message>
   <source>Move Section Border</source>
   <translation>Abschnittsgrenze verschieben</translation>
  </message>
  <message>
   <source>Name Theme</source>
   <translation>Thema benennen</translation>
  </message>
  <message>
   <source>No music is proposed: nothing is marked, and no stretch without talk is long enough.</source>
   <translation>Keine Musik wird vorgeschlagen: nichts ist markiert, und keine Strecke ohne Sprache ist lang genug.</translation>
  </message>
  <message>
   <source>No pictures here: the media of this edit are missing.</source>
   <translation>Keine Bilder: Die Medien dieses Schnitts fehlen.</translation>
  </message>
  <message>
   <source>Note on {name}</source>
   <translation>Notiz zu {name}</translation>
  </message>
  <message>
   <source>Nothing changes: raise the strength, or unlock chords.</source>
   <translation>Nichts ändert sich: erhöhe die Stärke, oder entsperre Akkorde.</translation>
  </message>
  <message>
   <source>Nothing else fits here so well: unlock chords, select more, or wish another mood.</source>
   <translation>Nichts anderes passt hier so gut: Akkorde freigeben, mehr wählen oder eine andere Stimmung wünschen.</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>Octave of {part}</source>
   <translation>Oktave von {part}</translation>
  </message>
  <message>
   <source>One take is deleted; those with a pin or a name, and the one heard, are kept.</source>
   <translation>Ein Take ist gelöscht; angeheftete, benannte und der gehörte bleiben.</translation>
  </message>
  <message>
   <source>Opening {name}</source>
   <translation>{name} wird geöffnet</translation>
  </message>
  <message>
   <source>Pass from {style} into {other}</source>
   <translation>Von {style} in {other} übergehen</translation>
  </message>
  <message>
   <source>Place of {part}</source>
   <translation>Platz von {part}</translation>
  </message>
  <message>
   <source>Play It Otherwise</source>
   <translation>Anders spielen</translation>
  </message>
  <message>
   <source>Play a Stretch as {style}</source>
   <translation>Ein Stück als {style} spielen</translation>
  </message>
  <message>
   <source>Playing it in</source>
   <translation>Es wird eingespielt</translation>
  </message>
  <message>
   <source>Reading takes</source>
   <translation>Takes werden gelesen</translation>
  </message>
  <message>
   <source>Recover</source>
   <translation>Wiederherstellen nach Absturz</translation>
  </message>
  <message>
   <source>Redone in {names}, which is not at the playhead: {label}.</source>
   <translation>Wiederholt in {names}, das nicht am Abspielkopf liegt: {label}.</translation>
  </message>
  <message>
   <source>Regenerate All</source>
   <translation>Alles neu komponieren</translation>
  </message>
  <message>
   <source>Regenerate Selection</source>
   <translation>Auswahl neu komponieren</translation>
  </message>
  <message>
   <source>Remove Hit</source>
   <translation>Treffer entfernen</translation>
  </message>
  <message>
   <source>Remove Note</source>
   <translation>Ton entfernen</translation>
  </message>
  <message>
   <source>Rename {old} to {new}</source>
   <translation>{old} in {new} umbenennen</translation>
  </message>
  <message>
   <source>Resize {name}</source>
   <translation>Länge von {name} ändern</translation>
  </message>
  <message>
   <source>Set Chord {chord}</source>
   <translation>Akkord {chord} setzen</translation>
  </message>
  <message>
   <source>Set Mood {mood}</source>
   <translation>Stimmung {mood} setzen</translation>
  </message>
  <message>
   <source>Set Summit</source>
   <translation>Höhepunkt setzen</translation>
  </message>
  <message>
   <source>Split {name}</source>
   <translation>{name} teilen</translation>
  </message>
  <message>
   <source>Splitting needs the playhead inside a cue, after its first frame.</source>
   <translation>Zum Teilen muss der Abspielkopf in einem Cue stehen, nach dessen erstem Bild.</translation>
  </message>
  <message>
   <source>Start Over</source>
   <translation>Von vorn beginnen</translation>
  </message>
  <message>
   <source>Take Back Approval of {names}</source>
   <translation>Abnahme von {names} zurücknehmen</translation>
  </message>
  <message>
   <source>Take Mood from Picture</source>
   <translation>Stimmung vom Bild nehmen</translation>
  </message>
  <message>
   <source>Take Up Proposals</source>
   <translation>Vorschläge übernehmen</translation>
  </message>
  <message>
   <source>That hit lies too close to a weightier one, or to the end: the music cannot meet both.</source>
   <translation>Dieser Treffer liegt zu nah an einem gewichtigeren oder am Ende: die Musik kann nicht beide treffen.</translation>
  </message>
  <message>
   <source>That take is longer than the cue and would reach into {names}; it is kept.</source>
   <translation>Dieser Take ist länger als das Cue und würde in {names} reichen; er bleibt erhalten.</translation>
  </message>
  <message>
   <source>That take was composed for another cut, so it does not fit; it is kept.</source>
   <translation>Dieser Take wurde für einen anderen Schnitt komponiert und passt nicht; er wird behalten.</translation>
  </message>
  <message>
   <source>The chords of this cue are not those of {key}: press 'Start Over' to compose in that key.</source>
   <translation>Die Akkorde dieses Cues sind nicht die von {key}: »Von vorn beginnen« komponiert in dieser Tonart.</translation>
  </message>
  <message>
   <source>The music from {start} to {end} is older than its mood, until it is composed again.</source>
   <translation>Die Musik von {start} bis {end} ist älter als ihre Stimmung, bis sie neu komponiert wird.</translation>
  </message>
  <message>
   <source>The picture of {name} has been looked at: 'Start Over' composes with it.</source>
   <translation>Das Bild von {name} ist angesehen: »Von vorn beginnen« komponiert mit ihm.</translation>
  </message>
  <message>
   <source>The takes cannot be kept in {folder}: check the disk and the rights to that folder.</source>
   <translation>Die Takes können nicht in {folder} aufgehoben werden: Datenträger und Rechte prüfen.</translation>
  </message>
  <message>
   <source>The tempo was changed meanwhile, so the new chords were dropped.</source>
   <translation>Das Tempo wurde inzwischen geändert, darum wurden die neuen Akkorde verworfen.</translation>
  </message>
  <message>
   <source>The tempo was changed since, so that take no longer fits; it is kept.</source>
   <translation>Das Tempo wurde seither geändert, darum passt dieser Take nicht mehr; er wird behalten.</translation>
  </message>
  <message>
   <source>There is a cue here already: mark a range with I and O, or go to a silent place.</source>
   <translation>Hier ist schon ein Cue: mit I und O einen Bereich markieren, oder an eine stille Stelle gehen.</translation>
  </message>
  <message>
   <source>There is music for the whole range of the cue.</source>
   <translation>Für den ganzen Bereich des Cues ist Musik da.</translation>
  </message>
  <message>
   <source>There is no cue to say something of: make one first.</source>
   <translation>Es gibt kein Cue, von dem sich etwas sagen ließe: erst eines anlegen.</translation>
  </message>
  <message>
   <source>There is no room after {name}: put the playhead where the copy is to begin.</source>
   <translation>Nach {name} ist kein Platz: den Abspielkopf dorthin setzen, wo die Kopie beginnen soll.</translation>
  </message>
  <message>
   <source>These chords are not heard: draw the border of the cue over them first.</source>
   <translation>Diese Akkorde sind nicht zu hören: Zieh zuerst die Grenze des Cues über sie.</translation>
  </message>
  <message>
   <source>This is the cut of before; {name} has the new one, so nothing is written back until you redo or follow it.</source>
   <translation>Das ist der Schnitt von vorher; {name} hat den neuen: zurückgeschrieben wird erst, wenn Wiederholen oder Folgen ihn herstellt.</translation>
  </message>
  <message>
   <source>This is the work before the crash. Undo begins here: nothing was saved that it could go back to.</source>
   <translation>Das ist die Arbeit vor dem Absturz. Rückgängig beginnt hier: Gespeichert war nichts, zu dem es zurückginge.</translation>
  </message>
  <message>
   <source>This music has seen the picture. T goes back to the take from the cuts.</source>
   <translation>Diese Musik kennt das Bild. T geht zurück zum Take nach den Schnitten.</translation>
  </message>
  <message>
   <source>Transpose by {semitones:+d}</source>
   <translation>Um {semitones:+d} transponieren</translation>
  </message>
  <message>
   <source>Undone in {names}, which is not at the playhead: {label}.</source>
   <translation>Zurückgenommen in {names}, das nicht am Abspielkopf liegt: {label}.</translation>
  </message>
  <message>
   <source>Unlock Chord</source>
   <translation>Akkord freigeben</translation>
  </message>
  <message>
   <source>Unlock Chords</source>
   <translation>Akkorde freigeben</translation>
  </message>
  <message>
   <source>Unlock Note</source>
   <translation>Ton freigeben</translation>
  </message>
  <message>
   <source>Unlock Section</source>
   <translation>Abschnitt freigeben</translation>
  </message>
  <message>
   <source>Vary by {strength:.2f}</source>
   <translation>Variieren um {strength:.2f}</translation>
  </message>
  <message>
   <source>Varying</source>
   <translation>Variieren</translation>
  </message>
  <message>
   <source>Words for {name}</source>
   <translation>Worte für {name}</translation>
  </message>
  <message>
   <source>Writing back</source>
   <translation>Es wird zurückgeschrieben</translation>
  </message>
  <message>
   <source>as it was before</source>
   <translation>wie es vorher war</translation>
  </message>
  <message>
   <source>busier</source>
   <translation>dichter</translation>
  </message>
  <message>
   <source>closest to your mood</source>
   <translation>am nächsten an Ihrer Stimmung</translation>
  </message>
  <message>
   <source>composed first</source>
   <translation>zuerst komponiert</translation>
  </message>
  <message>
   <source>faster</source>
   <translation>schneller</translation>
  </message>
  <message>
   <source>fewer chord changes</source>
   <translation>weniger Akkordwechsel</translation>
  </message>
  <message>
   <source>from the cuts</source>
   <translation>nach den Schnitten</translation>
  </message>
  <message>
   <source>hit</source>
   <translation>Treffer</translation>
  </message>
  <message>
   <source>in {key}</source>
   <translation>in {key}</translation>
  </message>
  <message>
   <source>locked steps: {count}</source>
   <translation>gesperrte Schritte: {count}</translation>
  </message>
  <message>
   <source>more chord changes</source>
   <translation>mehr Akkordwechsel</translation>
  </message>
  <message>
   <source>more different chords</source>
   <translation>mehr verschiedene Akkorde</translation>
  </message>
  <message>
   <source>more major chords</source>
   <translation>mehr Dur</translation>
  </message>
  <message>
   <source>more minor chords</source>
   <translation>mehr Moll</translation>
  </message>
  <message>
   <source>most on the cuts</source>
   <translation>am meisten auf den Schnitten</translation>
  </message>
  <message>
   <source>much like a known song</source>
   <translation>sehr ähnlich einem bekannten Lied</translation>
  </message>
  <message>
   <source>one chord throughout</source>
   <translation>durchweg ein Akkord</translation>
  </message>
  <message>
   <source>other chords from bar {bar} on</source>
   <translation>andere Akkorde ab Takt {bar}</translation>
  </message>
  <message>
   <source>recommended</source>
   <translation>empfohlen</translation>
  </message>
  <message>
   <source>repeats itself</source>
   <translation>wiederholt sich</translation>
  </message>
  <message>
   <source>same chords, played otherwise</source>
   <translation>gleiche Akkorde, anders gespielt</translation>
  </message>
  <message>
   <source>slower</source>
   <translation>langsamer</translation>
  </message>
  <message>
   <source>sparser</source>
   <translation>sparsamer</translation>
  </message>
  <message>
   <source>the same chords, played otherwise</source>
   <translation>dieselben Akkorde, anders gespielt</translation>
  </message>
  <message>
   <source>varied</source>
   <translation>variiert</translation>
  </message>
  <message>
   <source>with the picture</source>
   <translation>mit dem Bild</translation>
  </message>
  <message>
   <source>{count} cues are proposed.</source>
   <translation>Vorgeschlagene Cues: {count}.</translation>
  </message>
  <message>
   <source>{count} different chords</source>
   <translation>{count} verschiedene Akkorde</translation>
  </message>
  <message>
   <source>{count} kept takes cannot be read; they are left as they are, in {folder}.</source>
   <translation>{count} aufgehobene Takes sind nicht lesbar; sie bleiben, wie sie sind, in {folder}.</translation>
  </message>
  <message>
   <source>{count} takes are deleted; those with a pin or a name, and the one heard, are kept.</source>
   <translation>{count} Takes sind gelöscht; angeheftete, benannte und der gehörte sind behalten.</translation>
  </message>
  <message>
   <source>{more} than A</source>
   <translation>{more} als A</translation>
  </message>
  <message>
   <source>{name} has gone meanwhile: its new music was dropped.</source>
   <translation>{name} gibt es inzwischen nicht mehr: die neue Musik wurde verworfen.</translation>
  </message>
  <message>
   <source>{name} reaches beyond its music now: it is not written back until the rest is composed.</source>
   <translation>{name} reicht jetzt über seine Musik hinaus: es wird erst zurückgeschrieben, wenn der Rest komponiert ist.</translation>
  </message>
  <message>
   <source>{name} was changed meanwhile: what was composed for it was dropped.</source>
   <translation>{name} wurde inzwischen geändert: was dafür komponiert wurde, ist verworfen.</translation>
  </message>
  <message>
   <source>{share} % of the chords other</source>
   <translation>{share} % der Akkorde anders</translation>
  </message>
 </context>
 <context>
  <name>Preview</name>
  <message>
   <source>Drawn by the editing program, not in a file</source>
   <translation>Vom Schnittprogramm gezeichnet, nicht in einer Datei</translation>
  </message>
  <message>
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>Gap</source>
   <translation>Lücke</translation>
  </message>
  <message>
   <source>Generator</source>
   <translation>Generator</translation>
  </message>
  <message>
   <source>Media cannot be read</source>
   <translation>Medien nicht lesbar</translation>
  </message>
  <message>
   <source>Media missing</source>
   <translation>Medien fehlen</translation>
  </message>
  <message>
   <source>No edit</source>
   <translation>Kein Schnitt</translation>
  </message>
  <message>
   <source>Nothing lies here on the timeline</source>
   <translation>Hier liegt nichts auf der Timeline</translation>
  </message>
  <message>
   <source>Open an edit, or drop its file here</source>
   <translation>Einen Schnitt öffnen oder seine Datei hierher ziehen</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>The picture at the playhead</source>
   <translation>Das Bild am Abspielkopf</translation>
  </message>
  <message>
   <source>The picture is over here; the music may ring on</source>
   <translation>Das Bild ist hier zu Ende; die Musik darf ausklingen</translation>
  </message>
 </context>
 <context>
  <name>Questions</name>
  <message>
   <source>A Cue in the Way</source>
   <translation>Ein Cue im Weg</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Compose {0} Anew</source>
   <translation>{0} neu komponieren</translation>
  </message>
  <message>
   <source>Composing {0} replaces the music of {1}.</source>
   <translation>Wer {0} komponiert, ersetzt die Musik von {1}.</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Follow the New Cut</source>
   <translation>Dem neuen Schnitt folgen</translation>
  </message>
  <message>
   <source>Go On with It</source>
   <translation>Damit weitermachen</translation>
  </message>
  <message>
   <source>It was not written back, because the panel was closed early or has crashed.</source>
   <translation>Sie wurde nicht zurückgeschrieben, weil das Fenster vorzeitig geschlossen wurde oder abgestürzt ist.</translation>
  </message>
  <message>
   <source>Join All the Same</source>
   <translation>Trotzdem verbinden</translation>
  </message>
  <message>
   <source>Joining Loses Music</source>
   <translation>Beim Verbinden geht Musik verloren</translation>
  </message>
  <message>
   <source>Keep for Later</source>
   <translation>Für später behalten</translation>
  </message>
  <message>
   <source>Locked chords stay; Undo brings the music back.</source>
   <translation>Gesperrte Akkorde bleiben; Rückgängig holt die Musik zurück.</translation>
  </message>
  <message>
   <source>Not Now</source>
   <translation>Jetzt nicht</translation>
  </message>
  <message>
   <source>Replace {0}</source>
   <translation>{0} ersetzen</translation>
  </message>
  <message>
   <source>The Edit Changed</source>
   <translation>Der Schnitt wurde geändert</translation>
  </message>
  <message>
   <source>The joined cue keeps the music of {0} alone; lost is that of {1}.</source>
   <translation>Der verbundene Cue behält nur die Musik von {0}; die von {1} geht verloren.</translation>
  </message>
  <message>
   <source>The music can follow the new cut: what lies under unchanged shots stays, locks go with their shots.</source>
   <translation>Die Musik kann dem neuen Schnitt folgen: was unter unveränderten Einstellungen liegt, bleibt, Sperren gehen mit ihren Einstellungen.</translation>
  </message>
  <message>
   <source>The music for {0} is not written back.</source>
   <translation>Die Musik für {0} ist nicht zurückgeschrieben.</translation>
  </message>
  <message>
   <source>There Is Music Already</source>
   <translation>Hier ist schon Musik</translation>
  </message>
  <message>
   <source>There is unfinished music for {0}, from {1}.</source>
   <translation>Für {0} gibt es unfertige Musik vom {1}.</translation>
  </message>
  <message>
   <source>Unfinished Music</source>
   <translation>Unfertige Musik</translation>
  </message>
  <message>
   <source>Unsaved Music</source>
   <translation>Ungesicherte Musik</translation>
  </message>
  <message>
   <source>What {0} has no music for is to be composed then; Undo brings both cues back.</source>
   <translation>Wofür {0} keine Musik hat, ist dann zu komponieren; Rückgängig holt beide Cues zurück.</translation>
  </message>
  <message>
   <source>Write Back…</source>
   <translation>Zurückschreiben…</translation>
  </message>
  <message>
   <source>You can replace what is in the way; Undo brings it back.</source>
   <translation>Was im Weg ist, kann ersetzt werden; Rückgängig bringt es zurück.</translation>
  </message>
  <message>
   <source>You can write it now, or keep it: the panel offers it again at its next start, and when the edit is opened.</source>
   <translation>Sie kann jetzt geschrieben oder behalten werden: Das Fenster bietet sie beim nächsten Start wieder an, und wenn der Schnitt geöffnet wird.</translation>
  </message>
  <message>
   <source>{0} was changed on the disk.</source>
   <translation>{0} wurde auf der Platte geändert.</translation>
  </message>
  <message>
   <source>{0} would overlap {1}.</source>
   <translation>{0} würde {1} überlappen.</translation>
  </message>
 </context>
 <context>
  <name>RulerLane</name>
  <message>
   <source>Click above to go there (Left, Right: by frame). Drag below to loop a stretch.</source>
   <translation>Oben klicken, um dorthin zu gehen (Links, Rechts: bildweise). Unten ziehen, um eine Strecke zu wiederholen.</translation>
  </message>
  <message>
   <source>Loop</source>
   <translation>Schleife</translation>
  </message>
  <message>
   <source>Loop the Selection</source>
   <translation>Auswahl wiederholen</translation>
  </message>
  <message>
   <source>No Loop</source>
   <translation>Keine Schleife</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>bar {bar}, beat {beat}</source>
   <translation>Takt {bar}, Schlag {beat}</translation>
  </message>
  <message>
   <source>no music here</source>
   <translation>hier keine Musik</translation>
  </message>
 </context>
 <context>
  <name>ShortcutEditor</name>
  <message>
   <source>Action</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Actions and their keys</source>
   <translation>Befehle und ihre Tasten</translation>
  </message>
  <message>
   <source>Change Shortcuts</source>
   <translation>Tastenkürzel ändern</translation>
  </message>
  <message>
   <source>Digits, + and - type a timecode, unless an action has them.</source>
   <translation>Ziffern, + und - tippen einen Timecode, wenn keine Aktion sie hat.</translation>
  </message>
  <message>
   <source>Give the chosen action these keys</source>
   <translation>Dem gewählten Befehl diese Tasten geben</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Keys as in</source>
   <translation>Tasten wie in</translation>
  </message>
  <message>
   <source>Keys of the chosen action</source>
   <translation>Tasten des gewählten Befehls</translation>
  </message>
  <message>
   <source>Keys that do two things</source>
   <translation>Tasten, die zweierlei täten</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keine</translation>
  </message>
  <message>
   <source>Press the keys that the chosen action is to have</source>
   <translation>Die Tasten drücken, die der gewählte Befehl haben soll</translation>
  </message>
  <message>
   <source>Set</source>
   <translation>Setzen</translation>
  </message>
  <message>
   <source>The chosen action has no keys</source>
   <translation>Der gewählte Befehl hat keine Tasten</translation>
  </message>
  <message>
   <source>The habits of an editing program; what it has not stays as it is here</source>
   <translation>Die Gewohnheiten eines Schnittprogramms; was es nicht hat, bleibt wie hier</translation>
  </message>
  <message>
   <source>or</source>
   <translation>oder</translation>
  </message>
  <message>
   <source>{0} would do two things: {1}, and {2}</source>
   <translation>{0} täte zweierlei: {1}, und {2}</translation>
  </message>
 </context>
 <context>
  <name>ShortcutSheet</name>
  <message>
   <source>Keyboard Shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
 </context>
 <context>
  <name>Shortcuts</name>
  <message>
   <source>Add a hit</source>
   <translation>Treffer hinzufügen</translation>
  </message>
  <message>
   <source>Denser, louder or higher, or less so</source>
   <translation>Dichter, lauter oder höher, oder weniger</translation>
  </message>
  <message>
   <source>Go to the next chord, note, hit, mood or section</source>
   <translation>Zum nächsten Akkord, Ton, Treffer, Stimmung oder Abschnitt</translation>
  </message>
  <message>
   <source>In the timeline</source>
   <translation>In der Timeline</translation>
  </message>
  <message>
   <source>Leave a mood, or drawn dynamics, to the picture</source>
   <translation>Stimmung oder gezeichnete Dynamik dem Bild überlassen</translation>
  </message>
  <message>
   <source>Mood of the marked stretch</source>
   <translation>Stimmung der markierten Strecke</translation>
  </message>
  <message>
   <source>Playing</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Select chords</source>
   <translation>Akkorde wählen</translation>
  </message>
  <message>
   <source>Select more or fewer chords</source>
   <translation>Mehr oder weniger Akkorde wählen</translation>
  </message>
  <message>
   <source>Select nothing</source>
   <translation>Nichts wählen</translation>
  </message>
  <message>
   <source>Select one step; move a note, an own hit or a section's border</source>
   <translation>Einen Schritt wählen; einen Ton, eigenen Treffer oder die Grenze eines Abschnitts verschieben</translation>
  </message>
  <message>
   <source>The next lane</source>
   <translation>Die nächste Spur</translation>
  </message>
  <message>
   <source>Theme, summit and lock of a section of the form</source>
   <translation>Thema, Höhepunkt und Sperre eines Abschnitts der Form</translation>
  </message>
  <message>
   <source>Type another chord</source>
   <translation>Einen anderen Akkord tippen</translation>
  </message>
  <message>
   <source>Want a hit, or let it pass; change a chord</source>
   <translation>Einen Treffer wollen oder lassen; einen Akkord ändern</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zoom</translation>
  </message>
 </context>
 <context>
  <name>ShotsLane</name>
  <message>
   <source>Click to go there, double-click to select the music of a shot. Up, Down: from cut to cut.</source>
   <translation>Klick geht dorthin, Doppelklick wählt die Musik einer Einstellung. Auf, Ab: von Schnitt zu Schnitt.</translation>
  </message>
  <message>
   <source>No edit is open</source>
   <translation>Kein Schnitt ist offen</translation>
  </message>
  <message>
   <source>Shots</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>The media file was not found</source>
   <translation>Die Mediendatei wurde nicht gefunden</translation>
  </message>
  <message>
   <source>dissolve</source>
   <translation>Überblendung</translation>
  </message>
  <message>
   <source>gap</source>
   <translation>Lücke</translation>
  </message>
  <message>
   <source>made by the host</source>
   <translation>vom Schnittprogramm gemacht</translation>
  </message>
  <message>
   <source>title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>{kind}{name}, {frames} frames</source>
   <translation>{kind}{name}, {frames} Bilder</translation>
  </message>
 </context>
 <context>
  <name>SoundPresenter</name>
  <message>
   <source>Drawing the sound</source>
   <translation>Der Ton wird gezeichnet</translation>
  </message>
  <message>
   <source>Measuring hits</source>
   <translation>Treffer werden gemessen</translation>
  </message>
  <message>
   <source>Playing it in</source>
   <translation>Es wird eingespielt</translation>
  </message>
 </context>
 <context>
  <name>SoundSettings</name>
  <message>
   <source> LUFS</source>
   <translation> LUFS</translation>
  </message>
  <message>
   <source> bpm</source>
   <translation> bpm</translation>
  </message>
  <message>
   <source> dB</source>
   <translation> dB</translation>
  </message>
  <message>
   <source> s</source>
   <translation> s</translation>
  </message>
  <message>
   <source>A semitone higher</source>
   <translation>Einen Halbton höher</translation>
  </message>
  <message>
   <source>A semitone lower</source>
   <translation>Einen Halbton tiefer</translation>
  </message>
  <message>
   <source>Another key of the same mode is heard at once; auto and the other mode when you start over</source>
   <translation>Eine andere Tonart desselben Geschlechts klingt sofort; auto und das andere Geschlecht, wenn von vorn begonnen wird</translation>
  </message>
  <message>
   <source>Broadcast Wave</source>
   <translation>Broadcast Wave</translation>
  </message>
  <message>
   <source>By programme all cues have the loudness together and keep their distance; worked out when written</source>
   <translation>Als Programm haben alle Cues zusammen die Lautheit und behalten ihren Abstand; gerechnet wird beim Schreiben</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Lieferung</translation>
  </message>
  <message>
   <source>Ducking</source>
   <translation>Absenkung</translation>
  </message>
  <message>
   <source>Everything a semitone higher (Ctrl+Up)</source>
   <translation>Alles einen Halbton höher (Strg+Auf)</translation>
  </message>
  <message>
   <source>Everything a semitone lower (Ctrl+Down)</source>
   <translation>Alles einen Halbton tiefer (Strg+Ab)</translation>
  </message>
  <message>
   <source>Fade-in</source>
   <translation>Einblendung</translation>
  </message>
  <message>
   <source>Fade-out</source>
   <translation>Ausblendung</translation>
  </message>
  <message>
   <source>Files that tell their place in timecode</source>
   <translation>Dateien, die ihren Ort im Timecode nennen</translation>
  </message>
  <message>
   <source>Fit the tempo to the hits</source>
   <translation>Das Tempo an die Treffer anpassen</translation>
  </message>
  <message>
   <source>Fit to the hits</source>
   <translation>An Treffer</translation>
  </message>
  <message>
   <source>How far the music gives way where somebody speaks, in a second mix</source>
   <translation>Wie weit die Musik weicht, wo jemand spricht, in einer zweiten Mischung</translation>
  </message>
  <message>
   <source>How strictly wished moods are obeyed: 0 not at all, 2 above all else</source>
   <translation>Wie streng gewünschte Stimmungen befolgt werden: 0 gar nicht, 2 vor allem anderen</translation>
  </message>
  <message>
   <source>Integrated loudness of the mix, BS.1770; -23 for broadcast, -14 for the web</source>
   <translation>Integrierte Lautheit der Mischung, BS.1770; -23 für Rundfunk, -14 fürs Netz</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Tonart</translation>
  </message>
  <message>
   <source>Length of the fade at the end</source>
   <translation>Länge der Blende am Ende</translation>
  </message>
  <message>
   <source>Length of the fade at the start</source>
   <translation>Länge der Blende am Anfang</translation>
  </message>
  <message>
   <source>Loudness</source>
   <translation>Lautstärke</translation>
  </message>
  <message>
   <source>Loudness by cue or by programme</source>
   <translation>Lautheit je Cue oder als Programm</translation>
  </message>
  <message>
   <source>Mood strength</source>
   <translation>Stimmungsstärke</translation>
  </message>
  <message>
   <source>Music</source>
   <translation>Musik</translation>
  </message>
  <message>
   <source>Music settings</source>
   <translation>Einstellungen der Musik</translation>
  </message>
  <message>
   <source>Quarter notes a minute, steady</source>
   <translation>Viertel in der Minute, gleichmäßig</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>Tempo</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>The tempo bends a little so that beats fall on cuts and markers</source>
   <translation>Das Tempo biegt sich ein wenig, damit Schläge auf Schnitte und Marker fallen</translation>
  </message>
  <message>
   <source>Who plays, and how</source>
   <translation>Wer spielt, und wie</translation>
  </message>
  <message>
   <source>auto</source>
   <translation>auto</translation>
  </message>
  <message>
   <source>by cue</source>
   <translation>je Cue</translation>
  </message>
  <message>
   <source>by programme</source>
   <translation>als Programm</translation>
  </message>
  <message>
   <source>off</source>
   <translation>aus</translation>
  </message>
 </context>
 <context>
  <name>StyleLane</name>
  <message>
   <source>As the Cue</source>
   <translation>Wie das Cue</translation>
  </message>
  <message>
   <source>Pass from {style} Into</source>
   <translation>Von {style} übergehen in</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>Style of the selection</source>
   <translation>Stil der Auswahl</translation>
  </message>
  <message>
   <source>Who plays where. Right-click for other players in the selected chords, or in the stretch there.</source>
   <translation>Wer wo spielt. Rechtsklick für andere Spieler in den gewählten Akkorden oder im Stück dort.</translation>
  </message>
 </context>
 <context>
  <name>TakeShelf</name>
  <message>
   <source>Keeping takes</source>
   <translation>Takes werden aufgehoben</translation>
  </message>
  <message>
   <source>Reading takes</source>
   <translation>Takes werden gelesen</translation>
  </message>
  <message>
   <source>The takes cannot be kept in {folder}: check the disk and the rights to that folder.</source>
   <translation>Die Takes können nicht in {folder} aufgehoben werden: Datenträger und Rechte prüfen.</translation>
  </message>
  <message>
   <source>{count} kept takes cannot be read; they are left as they are, in {folder}.</source>
   <translation>{count} aufgehobene Takes sind nicht lesbar; sie bleiben, wie sie sind, in {folder}.</translation>
  </message>
 </context>
 <context>
  <name>TakesList</name>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Chords</source>
   <translation>Akkorde</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Compared</source>
   <translation>Verglichen</translation>
  </message>
  <message>
   <source>Compose every chord again that is not locked (Ctrl+R)</source>
   <translation>Jeden nicht gesperrten Akkord neu komponieren (Strg+R)</translation>
  </message>
  <message>
   <source>Compose the selected chords again, else those of the marked range (R)</source>
   <translation>Die gewählten Akkorde neu komponieren, sonst die des markierten Bereichs (R)</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete All Without Pin or Name</source>
   <translation>Alle ohne Nadel oder Namen löschen</translation>
  </message>
  <message>
   <source>Go to the take before, at the same place, and back (T)</source>
   <translation>Zum vorigen Take, an derselben Stelle, und zurück (T)</translation>
  </message>
  <message>
   <source>How many takes are composed at once</source>
   <translation>Wie viele Takes auf einmal komponiert werden</translation>
  </message>
  <message>
   <source>How much changes: 0 nothing, 1 every bar that may</source>
   <translation>Wie viel sich ändert: 0 nichts, 1 jeder Takt, der darf</translation>
  </message>
  <message>
   <source>Name…</source>
   <translation>Benennen…</translation>
  </message>
  <message>
   <source>Other players come in as far as the strength says</source>
   <translation>Andere Spieler kommen dazu, so weit die Stärke es sagt</translation>
  </message>
  <message>
   <source>Pin</source>
   <translation>Anheften</translation>
  </message>
  <message>
   <source>Players that come in</source>
   <translation>Spieler, die dazukommen</translation>
  </message>
  <message>
   <source>Regenerate</source>
   <translation>Neu komponieren</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Take</source>
   <translation>Take</translation>
  </message>
  <message>
   <source>Take the Pin Out</source>
   <translation>Nadel entfernen</translation>
  </message>
  <message>
   <source>Takes</source>
   <translation>Takes</translation>
  </message>
  <message>
   <source>Takes appear here when something is composed.
Select chords and press R.</source>
   <translation>Takes erscheinen hier, wenn etwas komponiert ist.
Akkorde wählen und R drücken.</translation>
  </message>
  <message>
   <source>Takes at once</source>
   <translation>Takes auf einmal</translation>
  </message>
  <message>
   <source>The selection otherwise, else the marked range, else the whole cue, as far as the strength says; locks stay (Shift+R)</source>
   <translation>Die Auswahl anders, sonst den markierten Bereich, sonst das ganze Cue, so weit die Stärke es sagt; Sperren bleiben (Umschalt+R)</translation>
  </message>
  <message>
   <source>Up and down choose a take; it is heard at the same place. F2 names it, S pins it, Delete forgets it.</source>
   <translation>Auf und Ab wählen einen Take; er klingt an derselben Stelle. F2 benennt, S heftet an, Entf vergisst ihn.</translation>
  </message>
  <message>
   <source>Vary</source>
   <translation>Variieren</translation>
  </message>
  <message>
   <source>before {0}</source>
   <translation>vorher {0}</translation>
  </message>
  <message>
   <source>same players</source>
   <translation>gleiche Spieler</translation>
  </message>
  <message>
   <source>score {4:.2f}: likelihood {0:.2f} nats a step, changes on cuts {1:.0%}, wishes met {2:.0%}, seed {3}</source>
   <translation>Wertung {4:.2f}: Wahrscheinlichkeit {0:.2f} Nats je Schritt, Wechsel auf Schnitten {1:.0%}, Wünsche erfüllt {2:.0%}, Startzahl {3}</translation>
  </message>
 </context>
 <context>
  <name>TempLane</name>
  <message>
   <source>Temp</source>
   <translation>Temp</translation>
  </message>
  <message>
   <source>Temp music</source>
   <translation>Temp-Musik</translation>
  </message>
  <message>
   <source>The edit's temp music with its beats and chords. V plays it, or the music, at the same place.</source>
   <translation>Die Temp-Musik des Schnitts mit ihren Schlägen und Akkorden. V spielt sie, oder die Musik, an derselben Stelle.</translation>
  </message>
  <message>
   <source>beats and chords follow</source>
   <translation>Schläge und Akkorde folgen</translation>
  </message>
  <message>
   <source>heard</source>
   <translation>zu hören</translation>
  </message>
 </context>
 <context>
  <name>TempPage</name>
  <message>
   <source>As loud where it is loud</source>
   <translation>Laut, wo sie laut ist</translation>
  </message>
  <message>
   <source>As many notes as it plays</source>
   <translation>So viele Töne, wie sie spielt</translation>
  </message>
  <message>
   <source>Beats</source>
   <translation>Schläge</translation>
  </message>
  <message>
   <source>Chords</source>
   <translation>Akkorde</translation>
  </message>
  <message>
   <source>Compose</source>
   <translation>Komponieren</translation>
  </message>
  <message>
   <source>Compose the cue after the temp</source>
   <translation>Das Cue nach der Temp-Musik komponieren</translation>
  </message>
  <message>
   <source>Compose the cue anew, following the temp as the sliders say</source>
   <translation>Das Cue neu komponieren und der Temp-Musik folgen, wie die Regler es sagen</translation>
  </message>
  <message>
   <source>Density</source>
   <translation>Dichte</translation>
  </message>
  <message>
   <source>Drums</source>
   <translation>Schlagzeug</translation>
  </message>
  <message>
   <source>Dynamics</source>
   <translation>Dynamik</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Hear the temp, or the music, at the same place</source>
   <translation>Die Temp-Musik oder die Musik hören, an derselben Stelle</translation>
  </message>
  <message>
   <source>How much its drums count in that</source>
   <translation>Wie viel ihr Schlagzeug dabei zählt</translation>
  </message>
  <message>
   <source>Its beats</source>
   <translation>Ihre Schläge</translation>
  </message>
  <message>
   <source>Its sections and climaxes</source>
   <translation>Ihre Abschnitte und Höhepunkte</translation>
  </message>
  <message>
   <source>Its very chords: close to the temp</source>
   <translation>Genau ihre Akkorde: nah an der Temp</translation>
  </message>
  <message>
   <source>Name a sound track Music, Temp, Score or MX in your edit, and save it: the window follows.</source>
   <translation>Nenne eine Tonspur im Schnitt Music, Temp, Score oder MX und speichere ihn: das Fenster zieht nach.</translation>
  </message>
  <message>
   <source>No temp track.</source>
   <translation>Keine Temp-Spur.</translation>
  </message>
  <message>
   <source>Temp / Music</source>
   <translation>Temp / Musik</translation>
  </message>
  <message>
   <source>The temp in place of the music, at the same place, and back (V)</source>
   <translation>Die Temp-Musik statt der Musik, an derselben Stelle, und zurück (V)</translation>
  </message>
  <message>
   <source>What is followed of the temp</source>
   <translation>Worin der Temp-Musik gefolgt wird</translation>
  </message>
  <message>
   <source>When the cue is composed again; nothing of the temp's sound is copied</source>
   <translation>Wenn das Cue neu komponiert wird; vom Klang der Temp-Musik wird nichts kopiert</translation>
  </message>
  <message>
   <source>{name} follows {temp}</source>
   <translation>{name} folgt {temp}</translation>
  </message>
 </context>
 <context>
  <name>TempoLane</name>
  <message>
   <source>Beats a minute. The tempo is fitted to the hits that are wanted.</source>
   <translation>Schläge in der Minute. Das Tempo ist an die gewollten Treffer angepasst.</translation>
  </message>
  <message>
   <source>Tempo</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>{bpm:.2f} beats a minute</source>
   <translation>{bpm:.2f} Schläge in der Minute</translation>
  </message>
 </context>
 <context>
  <name>TimecodeField</name>
  <message>
   <source>Timecode</source>
   <translation>Timecode</translation>
  </message>
  <message>
   <source>Where the playhead is (Ctrl+T, or just a digit). 1412 is 14 seconds and 12 frames; a point stands for two zeros; +100 and -2. go on and back; 12.5s are seconds</source>
   <translation>Wo der Abspielkopf ist (Strg+T, oder einfach eine Ziffer). 1412 sind 14 Sekunden und 12 Bilder; ein Punkt steht für zwei Nullen; +100 und -2. gehen vor und zurück; 12.5s sind Sekunden</translation>
  </message>
 </context>
 <context>
  <name>TimelineView</name>
  <message>
   <source>Fit</source>
   <translation>Ganz</translation>
  </message>
  <message>
   <source>Scroll through the timeline</source>
   <translation>Durch die Timeline blättern</translation>
  </message>
  <message>
   <source>Show the whole timeline</source>
   <translation>Die ganze Timeline zeigen</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Timeline</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
 </context>
 <context>
  <name>Transport</name>
  <message>
   <source>First frame</source>
   <translation>Erstes Bild</translation>
  </message>
  <message>
   <source>Hear the edit's own sound with the music</source>
   <translation>Den Ton des Schnitts mit der Musik hören</translation>
  </message>
  <message>
   <source>Last frame</source>
   <translation>Letztes Bild</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Length of the edit, at {0} frames a second</source>
   <translation>Länge des Schnitts, bei {0} Bildern in der Sekunde</translation>
  </message>
  <message>
   <source>No device</source>
   <translation>Kein Gerät</translation>
  </message>
  <message>
   <source>No sound device has been looked for yet</source>
   <translation>Noch wurde kein Tongerät gesucht</translation>
  </message>
  <message>
   <source>One frame back</source>
   <translation>Ein Bild zurück</translation>
  </message>
  <message>
   <source>One frame on</source>
   <translation>Ein Bild weiter</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Play backwards, again for faster</source>
   <translation>Rückwärts abspielen, noch einmal für schneller</translation>
  </message>
  <message>
   <source>Play forward, again for faster</source>
   <translation>Vorwärts abspielen, noch einmal für schneller</translation>
  </message>
  <message>
   <source>Play or stop</source>
   <translation>Abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Press to look for a sound device again</source>
   <translation>Drücken, um noch einmal ein Tongerät zu suchen</translation>
  </message>
  <message>
   <source>Repeat the selection</source>
   <translation>Die Auswahl wiederholen</translation>
  </message>
  <message>
   <source>Sound device: {0}</source>
   <translation>Tongerät: {0}</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Geschwindigkeit</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>no device</source>
   <translation>kein Gerät</translation>
  </message>
  <message>
   <source>{0} ms until it is heard</source>
   <translation>{0} ms, bis es zu hören ist</translation>
  </message>
 </context>
 <context>
  <name>TransportKeys</name>
  <message>
   <source>First or last frame</source>
   <translation>Erstes oder letztes Bild</translation>
  </message>
  <message>
   <source>One frame back or on</source>
   <translation>Ein Bild zurück oder weiter</translation>
  </message>
  <message>
   <source>One second back or on</source>
   <translation>Eine Sekunde zurück oder weiter</translation>
  </message>
  <message>
   <source>Play backwards, again for faster; slows down what plays forward faster</source>
   <translation>Rückwärts abspielen, noch einmal für schneller; bremst um die Hälfte, was schneller vorwärts läuft</translation>
  </message>
  <message>
   <source>Play forward, again for faster; slows down what plays backwards faster</source>
   <translation>Vorwärts abspielen, noch einmal für schneller; bremst um die Hälfte, was schneller rückwärts läuft</translation>
  </message>
  <message>
   <source>Play or stop</source>
   <translation>Abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Repeat the selection</source>
   <translation>Die Auswahl wiederholen</translation>
  </message>
  <message>
   <source>Stop; held with J or L: slowly</source>
   <translation>Anhalten; gehalten mit J oder L: langsam</translation>
  </message>
  <message>
   <source>The cut before or after</source>
   <translation>Der Schnitt davor oder danach</translation>
  </message>
  <message>
   <source>Type a timecode</source>
   <translation>Einen Timecode tippen</translation>
  </message>
  <message>
   <source>Type a timecode: 1412 goes to 14:12, +2. two seconds on</source>
   <translation>Timecode tippen: 1412 geht zu 14:12, +2. zwei Sekunden weiter</translation>
  </message>
 </context>
 <context>
  <name>WaveLane</name>
  <message>
   <source> The line shows how far it gives way to speech.</source>
   <translation> Die Linie zeigt, wie weit sie der Sprache weicht.</translation>
  </message>
  <message>
   <source>Click to go there. Alt+Up, Alt+Down: a larger or smaller wave.</source>
   <translation>Klick geht dorthin. Alt+Auf, Alt+Ab: eine größere oder kleinere Welle.</translation>
  </message>
  <message>
   <source>Larger Wave</source>
   <translation>Größere Welle</translation>
  </message>
  <message>
   <source>Music</source>
   <translation>Musik</translation>
  </message>
  <message>
   <source>No sound</source>
   <translation>Kein Ton</translation>
  </message>
  <message>
   <source>Not read yet</source>
   <translation>Noch nicht gelesen</translation>
  </message>
  <message>
   <source>Not rendered yet</source>
   <translation>Noch nicht eingespielt</translation>
  </message>
  <message>
   <source>Production</source>
   <translation>Originalton</translation>
  </message>
  <message>
   <source>Production sound</source>
   <translation>Originalton</translation>
  </message>
  <message>
   <source>Smaller Wave</source>
   <translation>Kleinere Welle</translation>
  </message>
  <message>
   <source>Sound of the music</source>
   <translation>Ton der Musik</translation>
  </message>
  <message>
   <source>duck {gain} dB</source>
   <translation>Absenkung {gain} dB</translation>
  </message>
  <message>
   <source>music gives way by {gain} dB</source>
   <translation>die Musik weicht um {gain} dB</translation>
  </message>
 </context>
 <context>
  <name>Welcome</name>
  <message>
   <source>A small edit with pictures of its own</source>
   <translation>Ein kleiner Schnitt mit eigenen Bildern</translation>
  </message>
  <message>
   <source>An .otio, a Kdenlive project, an EDL, an XML or a movie (Ctrl+O)</source>
   <translation>Ein .otio, ein Kdenlive-Projekt, eine EDL, ein XML oder ein Film (Strg+O)</translation>
  </message>
  <message>
   <source>Edits you had open lately: press Return, or click twice</source>
   <translation>Zuletzt geöffnete Schnitte: Eingabe drücken oder doppelt klicken</translation>
  </message>
  <message>
   <source>Music that belongs to the cut.</source>
   <translation>Musik, die zum Schnitt gehört.</translation>
  </message>
  <message>
   <source>Open an Edit…</source>
   <translation>Schnitt öffnen…</translation>
  </message>
  <message>
   <source>Open an edit</source>
   <translation>Einen Schnitt öffnen</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <source>Recent edits</source>
   <translation>Zuletzt geöffnete Schnitte</translation>
  </message>
  <message>
   <source>Try the Demo Edit</source>
   <translation>Demo ausprobieren</translation>
  </message>
  <message>
   <source>Try the demo edit</source>
   <translation>Den Demo-Schnitt ausprobieren</translation>
  </message>
  <message>
   <source>You can also drop an edit on this window.</source>
   <translation>Man kann einen Schnitt auch auf dieses Fenster ziehen.</translation>
  </message>
 </context>
 <context>
  <name>WordsField</name>
  <message>
   <source>Click to change or remove it</source>
   <translation>Klick ändert oder entfernt es</translation>
  </message>
  <message>
   <source>Compose</source>
   <translation>Komponieren</translation>
  </message>
  <message>
   <source>Compose the cue anew with these words; locks and what was set by hand stay</source>
   <translation>Das Cue mit diesen Worten neu komponieren; Sperren und von Hand Gesetztes bleiben</translation>
  </message>
  <message>
   <source>Compose the cue with these words</source>
   <translation>Das Cue mit diesen Worten komponieren</translation>
  </message>
  <message>
   <source>How the cue is to be: mood, style, instruments, tempo, key, how it moves and ends. Return says it.</source>
   <translation>Wie das Cue sein soll: Stimmung, Stil, Instrumente, Tempo, Tonart, wie es verläuft und endet. Die Eingabetaste übernimmt es.</translation>
  </message>
  <message>
   <source>It counts for the whole cue, not only for {place}.</source>
   <translation>Es gilt für den ganzen Cue, nicht nur für {place}.</translation>
  </message>
  <message>
   <source>Not understood: {words}</source>
   <translation>Nicht verstanden: {words}</translation>
  </message>
  <message>
   <source>Of a stretch only moods can be said; select chords first</source>
   <translation>Von einer Strecke lassen sich nur Stimmungen sagen; erst Akkorde wählen</translation>
  </message>
  <message>
   <source>Only the selected stretch</source>
   <translation>Nur die gewählte Strecke</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove what is said of {place}</source>
   <translation>Worte zu {place} entfernen</translation>
  </message>
  <message>
   <source>Say it of the selected stretch only</source>
   <translation>Es nur von der gewählten Strecke sagen</translation>
  </message>
  <message>
   <source>The cue in words</source>
   <translation>Das Cue in Worten</translation>
  </message>
  <message>
   <source>The music is older than these words.</source>
   <translation>Die Musik ist älter als diese Worte.</translation>
  </message>
  <message>
   <source>What is understood stands here, and can be changed or removed.</source>
   <translation>Was verstanden wurde, steht hier und lässt sich ändern oder entfernen.</translation>
  </message>
  <message>
   <source>dark, brooding strings, slow build, ends in hope</source>
   <translation>dunkle, düstere Streicher, steigert sich, endet hoffnungsvoll</translation>
  </message>
  <message>
   <source>whole cue</source>
   <translation>ganzer Cue</translation>
  </message>
  <message>
   <source>{words} asks for {control} {value}</source>
   <translation>{words} verlangt {control} {value}</translation>
  </message>
 </context>
 <context>
  <name>WriteBackDialog</name>
  <message>
   <source>Also write the sections as markers</source>
   <translation>Auch die Abschnitte als Marker schreiben</translation>
  </message>
  <message>
   <source>Another folder or name; the folder is remembered for this edit</source>
   <translation>Ein anderer Ordner oder Name; der Ordner wird für diesen Schnitt gemerkt</translation>
  </message>
  <message>
   <source>Both mixes are written; this says which one lies on the track</source>
   <translation>Beide Mischungen werden geschrieben; dies sagt, welche auf der Spur liegt</translation>
  </message>
  <message>
   <source>Cues that are not approved are left out of the copy</source>
   <translation>Nicht abgenommene Cues fehlen dann in der Kopie</translation>
  </message>
  <message>
   <source>Deliver the ducked mix</source>
   <translation>Die abgesenkte Mischung liefern</translation>
  </message>
  <message>
   <source>Goes to</source>
   <translation>Geht nach</translation>
  </message>
  <message>
   <source>Intro, Build, Peak … as markers of the timeline</source>
   <translation>Intro, Aufbau, Höhepunkt … als Marker der Timeline</translation>
  </message>
  <message>
   <source>Keeps</source>
   <translation>Behält</translation>
  </message>
  <message>
   <source>Know that</source>
   <translation>Zu wissen</translation>
  </message>
  <message>
   <source>Leaves out {names}</source>
   <translation>Lässt {names} weg</translation>
  </message>
  <message>
   <source>Only approved cues</source>
   <translation>Nur abgenommene Cues</translation>
  </message>
  <message>
   <source>Save As…</source>
   <translation>Speichern unter…</translation>
  </message>
  <message>
   <source>Save as</source>
   <translation>Speichern unter</translation>
  </message>
  <message>
   <source>Save the Music As</source>
   <translation>Musik speichern unter</translation>
  </message>
  <message>
   <source>The timeline plays the mix that gives way under speech, as you heard it</source>
   <translation>Die Timeline spielt die Mischung, die der Sprache weicht, wie gehört</translation>
  </message>
  <message>
   <source>Then</source>
   <translation>Dann</translation>
  </message>
  <message>
   <source>What this way keeps</source>
   <translation>Was dieser Weg behält</translation>
  </message>
  <message>
   <source>Which cues are written</source>
   <translation>Welche Cues geschrieben werden</translation>
  </message>
  <message>
   <source>Write</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <source>Write Back</source>
   <translation>Zurückschreiben</translation>
  </message>
  <message>
   <source>Write only approved cues</source>
   <translation>Nur abgenommene Cues schreiben</translation>
  </message>
  <message>
   <source>Writes {names}</source>
   <translation>Schreibt {names}</translation>
  </message>
  <message>
   <source>approved</source>
   <translation>abgenommen</translation>
  </message>
  <message>
   <source>not approved</source>
   <translation>nicht abgenommen</translation>
  </message>
  <message>
   <source>not composed</source>
   <translation>nicht komponiert</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nichts</translation>
  </message>
  <message>
   <source>outdated</source>
   <translation>veraltet</translation>
  </message>
  <message>
   <source>recommended</source>
   <translation>empfohlen</translation>
  </message>
  <message>
   <source>the cue's beginning</source>
   <translation>den Anfang des Cues</translation>
  </message>
  <message>
   <source>the mix of each cue ({names})</source>
   <translation>die Mischung jedes Cues ({names})</translation>
  </message>
 </context>
 <context>
  <name>_Styles</name>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
 </context>
</TS>
