"""Loyalty at a glance: who bought again, who was won and lost, who has gone quiet, who sent whom."""
