"""A Kdenlive project of two shots, seven seconds at 25 frames a second, whose media are lost."""

from __future__ import annotations

PROJECT = """<?xml version='1.0' encoding='utf-8'?>
<mlt producer="main_bin" root="/lost">
 <profile frame_rate_num="25" frame_rate_den="1"/>
 <producer id="black"><property name="mlt_service">color</property></producer>
 <chain id="film"><property name="length">500</property><property name="mlt_service">avformat</property>
  <property name="resource">a.mov</property><property name="kdenlive:id">4</property></chain>
 <playlist id="p0"><entry in="10" out="84" producer="film"/><entry in="200" out="299" producer="film"/></playlist>
 <playlist id="p1"/>
 <tractor id="V1"><track hide="audio" producer="p0"/><track hide="audio" producer="p1"/></tractor>
 <tractor id="{1}" in="0" out="174"><property name="kdenlive:uuid">{1}</property>
  <property name="kdenlive:sequenceproperties.tracksCount">1</property>
  <track producer="black"/>
  <track producer="V1"/>
 </tractor>
 <playlist id="main_bin"><property name="kdenlive:docproperties.version">1.1</property>
  <property name="kdenlive:docproperties.kdenliveversion">26.08.2</property>
  <entry producer="film"/>
 </playlist>
</mlt>
"""
